export { holes as GET } from '@/lib/http/ask/questions'
