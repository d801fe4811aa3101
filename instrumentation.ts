/** Next.js calls this once, before the first request. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return
  const { refuseToStart } = await import('./lib/http/refuse-to-start')
  refuseToStart()
  const { endWell } = await import('./lib/http/end-well')
  endWell()
}
