export { values as GET } from '@/lib/http/questions'
