export { coverage as GET } from '@/lib/http/questions'
