export { scrape as GET } from '@/lib/http/operations/scrape'
