export { scans as GET } from '@/lib/http/questions'
