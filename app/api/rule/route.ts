export { rule as GET } from '@/lib/http/questions'
