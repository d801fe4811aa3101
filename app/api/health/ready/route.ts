export { ready as GET } from '@/lib/http/operations/probes'
