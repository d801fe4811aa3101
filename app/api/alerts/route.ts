export { list as GET } from '@/lib/http/watch/alerts'
