export { talkers as GET } from '@/lib/http/questions'
