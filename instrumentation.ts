import type { Instrumentation } from 'next'

/** Next.js calls this once, before the first request. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return
  const { refuseToStart } = await import('./lib/http/process/refuse-to-start')
  refuseToStart()
  const { ownFiles } = await import('./lib/http/process/own-files')
  ownFiles()
  const { learnServer } = await import('./lib/http/process/connections')
  learnServer()
  const { endWell } = await import('./lib/http/process/end-well')
  endWell()
  const { wakeWatches } = await import('./lib/http/process/wake-watches')
  wakeWatches(process.env)
}

/** Logs a page that failed to render. */
export const onRequestError: Instrumentation.onRequestError = async (error, { path }) => {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return
  const { tellPageError } = await import('./lib/http/report/page-error')
  tellPageError(error, path)
}
