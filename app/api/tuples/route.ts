export { tuples as GET } from '@/lib/http/ask/questions'
