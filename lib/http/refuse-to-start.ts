import { refuseOpenDoor } from '@/lib/config/loopback'
import { boundHost } from './bound-host'

/** Ends the process when other machines would be served without a sign-in. Every other mistake is told by the pages, where it is mended. */
export function refuseToStart(): void {
  const { FLOWLENS_SESSION_SECRET, FLOWLENS_ALLOW_ANONYMOUS } = process.env
  try {
    refuseOpenDoor(boundHost(process.argv, process.env), {
      signIn: FLOWLENS_SESSION_SECRET ? {} : null,
      allowAnonymous: FLOWLENS_ALLOW_ANONYMOUS === '1',
    })
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exit(1)
  }
}
