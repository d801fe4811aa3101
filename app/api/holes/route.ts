export { holes as GET } from '@/lib/http/questions'
