import 'server-only'
import { Problem } from '@/lib/flow/problem'
import { log } from '@/lib/http/report/log'
import { isClosing } from '@/lib/http/server/limits/underway'
import { settings } from '@/lib/http/server/settings'
import { wantWatches } from '@/lib/http/server/wanted'

/** Time between two tries. Milliseconds. */
const AGAIN = 1000
/** Number of tries after which the log says that none succeeded; they go on. */
const WARN = 30

async function wake(url: string): Promise<void> {
  for (let tries = 1; !isClosing(); tries++) {
    try {
      if ((await fetch(url)).ok) return
    } catch {
      // It does not listen yet.
    }
    if (tries === WARN) log().warn({ url }, 'watches wait for this address of the server to answer')
    await new Promise((resolve) => setTimeout(resolve, AGAIN).unref())
  }
}

/**
 * Has the watches started, if FLOWLENS_WATCH is set, by a request to this server. Next.js loads what a route imports apart from what this process imports at
 * its start: an engine that is opened here would not know the statements of the routes, nor they its errors.
 */
export function wakeWatches(env: NodeJS.ProcessEnv): void {
  try {
    if (settings().watch.every === null) return
  } catch (error) {
    // The pages report errors in the configuration.
    if (error instanceof Problem) return
    throw error
  }
  wantWatches()
  void wake(`${env.__NEXT_PRIVATE_ORIGIN ?? `http://127.0.0.1:${env.PORT ?? 3000}`}/api/health/live`)
}
