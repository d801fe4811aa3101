export { coverage as GET } from '@/lib/http/ask/questions'
