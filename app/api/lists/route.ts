export { create as POST, list as GET } from '@/lib/http/saved/lists'
