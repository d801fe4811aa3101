export { verify as GET } from '@/lib/http/evidence/verify'
