export { logout as POST } from '@/lib/http/session/logout'
