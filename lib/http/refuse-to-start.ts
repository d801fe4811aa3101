import { readConfig } from '@/lib/config'
import { isLoopback, refuseOpenDoor } from '@/lib/config/loopback'
import { boundHost } from './bound-host'

/**
 * Ends the process when other machines would be served without a sign-in, or it cannot be told. On this machine alone, mistakes are told by the pages.
 */
export function refuseToStart(): void {
  const host = boundHost(process.argv, process.env)
  if (isLoopback(host)) return
  try {
    refuseOpenDoor(host, readConfig(process.env))
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exit(1)
  }
}
