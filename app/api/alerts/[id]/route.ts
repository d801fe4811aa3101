export { acknowledge as PUT } from '@/lib/http/watch/alerts'
