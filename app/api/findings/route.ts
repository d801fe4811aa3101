export { findings as GET } from '@/lib/http/ask/questions'
