export { load as GET } from '@/lib/http/load'
