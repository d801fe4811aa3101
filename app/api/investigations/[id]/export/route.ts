export { exportInvestigation as GET } from '@/lib/http/evidence/export-investigation'
