export { raw as GET } from '@/lib/http/raw'
