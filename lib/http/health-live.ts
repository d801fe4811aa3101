import 'server-only'
import { handle } from './handle'
import { respondEmpty } from './respond'

/** That this is answered at all says that the event loop turns; nothing else is looked at. */
export const live = handle('health/live', async ({ requestId }) => respondEmpty(204, requestId), { open: true, alone: true })
