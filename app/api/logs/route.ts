export { logs as GET } from '@/lib/http/ask/logs'
