export { scrape as GET } from '@/lib/http/scrape'
