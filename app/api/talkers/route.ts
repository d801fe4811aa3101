export { talkers as GET } from '@/lib/http/ask/questions'
