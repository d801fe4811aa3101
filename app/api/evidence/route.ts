export { evidence as GET, prove as POST } from '@/lib/http/evidence/evidence'
