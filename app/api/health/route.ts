export { health as GET } from '@/lib/http/operations/health'
