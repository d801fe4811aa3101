export { paths as GET } from '@/lib/http/ask/questions'
