export { flips as GET } from '@/lib/http/ask/questions'
