export { addresses as GET } from '@/lib/http/ask/addresses'
