export { me as GET } from '@/lib/http/session/me'
