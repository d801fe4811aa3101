export { rules as GET } from '@/lib/http/ask/questions'
