export { live as GET } from '@/lib/http/operations/probes'
