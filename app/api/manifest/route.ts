export { manifest as GET } from '@/lib/http/manifest'
