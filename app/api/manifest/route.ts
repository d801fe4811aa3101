export { manifest as GET } from '@/lib/http/export/manifest'
