export { scans as GET } from '@/lib/http/ask/questions'
