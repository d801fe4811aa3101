export { values as GET } from '@/lib/http/ask/questions'
