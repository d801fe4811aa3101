export { callback as GET } from '@/lib/http/callback'
