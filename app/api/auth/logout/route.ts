export { logout as POST } from '@/lib/http/logout'
