export { plan as GET } from '@/lib/http/questions'
