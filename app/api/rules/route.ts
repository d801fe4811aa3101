export { rules as GET } from '@/lib/http/questions'
