import type { Instrumentation } from 'next'

/** Next.js calls this once, before the first request. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return
  const { refuseToStart } = await import('./lib/http/refuse-to-start')
  refuseToStart()
  const { endWell } = await import('./lib/http/end-well')
  endWell()
}

/** A page that could not be made. */
export const onRequestError: Instrumentation.onRequestError = async (error, { path }) => {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return
  const { tellPageError } = await import('./lib/http/page-error')
  tellPageError(error, path)
}
