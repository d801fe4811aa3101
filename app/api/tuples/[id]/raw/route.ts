export { raw as GET } from '@/lib/http/ask/raw'
