export { load as GET } from '@/lib/http/ask/load'
