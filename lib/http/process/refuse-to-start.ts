import { readConfig } from '@/lib/config'
import { isLoopback, refuseOpenDoor } from '@/lib/config/loopback'

/**
 * Returns the host that this process listens on. Next.js reports it as an origin, but reports `localhost` also if it listens on every address. In that case,
 * its arguments and HOSTNAME decide, as in Next.js itself: without either, it listens on every address.
 */
export function boundHost(argv: readonly string[], env: NodeJS.ProcessEnv): string {
  const origin = env.__NEXT_PRIVATE_ORIGIN
  const told = origin !== undefined && URL.canParse(origin) ? new URL(origin).hostname : 'localhost'
  if (told !== 'localhost') return told
  const at = argv.findIndex((argument) => argument === '--hostname' || argument === '-H')
  const joined = argv.find((argument) => argument.startsWith('--hostname='))?.slice('--hostname='.length)
  return (at === -1 ? joined : argv[at + 1]) || env.HOSTNAME || '0.0.0.0'
}

/**
 * Ends the process if other machines could reach it without sign-in, or if the configuration does not tell. If only this machine can reach it, the pages show
 * configuration mistakes.
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
