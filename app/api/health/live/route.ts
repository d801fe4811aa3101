export { live as GET } from '@/lib/http/watch/live'
