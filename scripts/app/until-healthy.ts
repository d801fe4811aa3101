import type { ChildProcess } from 'node:child_process'
import { poll } from '../process/poll'

/** Milliseconds. */
const START_LIMIT = 60_000
const PROBE_LIMIT = 10_000
/** Characters of a server's output to repeat when it does not start. */
const LAST_WORDS = 8_000

/**
 * Resolves when the app that `child` serves at `url` answers, even if it requires sign-in; `live` does not need its data directory. Rejects with the end of its output (if we have its stderr)
 * when it ends or takes too long.
 */
export async function untilHealthy(child: ChildProcess, url: string, probe: 'ready' | 'live' = 'ready'): Promise<void> {
  let said = ''
  child.stderr?.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-LAST_WORDS)
  })
  const healthy = async () => {
    if (child.exitCode !== null) throw new Error(`it ended with code ${child.exitCode}\n${said}`)
    return (await fetch(`${url}/api/health/${probe}`, { signal: AbortSignal.timeout(PROBE_LIMIT) })).ok ? true : null
  }
  await poll('The app', healthy, START_LIMIT, 100)
}
