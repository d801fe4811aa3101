export { exportInvestigation as GET } from '@/lib/http/export-investigation'
