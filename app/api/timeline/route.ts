export { timeline as GET } from '@/lib/http/ask/questions'
