export { create as POST, list as GET } from '@/lib/http/findings/mutes'
