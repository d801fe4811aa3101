export { context as GET } from '@/lib/http/ask/context'
