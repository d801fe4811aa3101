export { change as PUT, read as GET, remove as DELETE } from '@/lib/http/watch/watches'
