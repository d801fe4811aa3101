export { timeline as GET } from '@/lib/http/questions'
