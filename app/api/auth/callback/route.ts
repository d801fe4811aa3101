export { callback as GET } from '@/lib/http/session/callback'
