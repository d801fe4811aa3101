export { remove as DELETE } from '@/lib/http/findings/mutes'
