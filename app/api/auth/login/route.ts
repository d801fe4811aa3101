export { login as GET } from '@/lib/http/session/login'
