export { exportRows as GET } from '@/lib/http/export/export'
