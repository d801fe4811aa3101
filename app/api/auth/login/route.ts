export { login as GET } from '@/lib/http/login'
