export { neighbours as GET } from '@/lib/http/questions'
