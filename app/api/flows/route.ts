export { flows as GET } from '@/lib/http/ask/questions'
