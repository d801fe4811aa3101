export { change as PUT, remove as DELETE } from '@/lib/http/saved/views'
