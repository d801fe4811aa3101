export { create as POST, list as GET } from '@/lib/http/watch/watches'
