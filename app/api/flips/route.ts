export { flips as GET } from '@/lib/http/questions'
