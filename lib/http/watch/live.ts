import 'server-only'
import { watchIfWanted } from './start'

/** The probe of life. Its module starts the watches if they are wanted: what instrumentation loads shares no objects with the routes. */
export { live } from '@/lib/http/operations/probes'

watchIfWanted()
