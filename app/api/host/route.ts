export { host as GET } from '@/lib/http/ask/questions'
