export { flow as GET } from '@/lib/http/questions'
