export { logs as GET } from '@/lib/http/logs'
