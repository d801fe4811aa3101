export { me as GET } from '@/lib/http/me'
