export { counters as GET } from '@/lib/http/questions'
