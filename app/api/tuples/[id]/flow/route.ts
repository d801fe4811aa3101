export { flow as GET } from '@/lib/http/ask/questions'
