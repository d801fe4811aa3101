export { plan as GET } from '@/lib/http/ask/questions'
