export { tuples as GET } from '@/lib/http/questions'
