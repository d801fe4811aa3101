export { verify as GET } from '@/lib/http/verify'
