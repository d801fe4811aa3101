export { host as GET } from '@/lib/http/questions'
