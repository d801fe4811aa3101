export { ready as GET } from '@/lib/http/health-ready'
