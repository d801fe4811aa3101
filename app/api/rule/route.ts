export { rule as GET } from '@/lib/http/ask/questions'
