export { counters as GET } from '@/lib/http/ask/questions'
