export { neighbours as GET } from '@/lib/http/ask/questions'
