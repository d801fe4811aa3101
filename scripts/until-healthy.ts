import type { ChildProcess } from 'node:child_process'
import { poll } from './poll'

/** Milliseconds. */
const START_LIMIT = 60_000
const PROBE_LIMIT = 10_000
/** Characters of what a server said that are worth repeating when it does not come up. */
const LAST_WORDS = 8_000

/** Resolves when the app that `child` serves at `url` answers, were it that one has to sign in first; rejects with what it last said (where its stderr is ours) when it ends or takes too long. */
export async function untilHealthy(child: ChildProcess, url: string): Promise<void> {
  let said = ''
  child.stderr?.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-LAST_WORDS)
  })
  const healthy = async () => {
    if (child.exitCode !== null) throw new Error(`it ended with code ${child.exitCode}\n${said}`)
    return (await fetch(`${url}/api/health/ready`, { signal: AbortSignal.timeout(PROBE_LIMIT) })).ok ? true : null
  }
  await poll('The app', healthy, START_LIMIT, 100)
}
