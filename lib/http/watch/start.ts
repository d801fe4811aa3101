import 'server-only'
import { log } from '@/lib/http/report/log'
import { masked } from '@/lib/http/report/secrets'
import { isClosing, Underway } from '@/lib/http/server/limits/underway'
import { type Server, server } from '@/lib/http/server/server'
import { settings } from '@/lib/http/server/settings'
import { takeWanted } from '@/lib/http/server/wanted'
import { Watcher } from './watcher'

/** Time between two checks for messages that are due. Milliseconds. */
const TICK = 10_000

const watchers = new WeakMap<Server, Watcher>()

function watcherOf(home: Server): Watcher {
  const { watch, publicUrl } = settings()
  const known = watchers.get(home) ?? new Watcher(home, { ...watch, publicUrl, warn: (message) => log().warn(message) })
  watchers.set(home, known)
  return known
}

/**
 * Evaluates the watches every `every` milliseconds until the process ends. A round counts as underway, as a request does: at shutdown the process waits for it,
 * or aborts it.
 */
function watch(every: number): void {
  let next = Date.now()
  const turn = async () => {
    if (isClosing()) return
    const underway = new Underway(new AbortController().signal, false)
    try {
      const watcher = watcherOf(await server())
      if (Date.now() >= next) {
        next = Date.now() + every
        await watcher.round(underway.signal)
      }
      await watcher.tell(underway.signal)
    } catch (error) {
      log().warn({ message: masked(error instanceof Error ? error.message : String(error)) }, 'watches could not be asked')
    } finally {
      underway.over()
      setTimeout(() => void turn(), Math.min(TICK, every)).unref()
    }
  }
  void turn()
}

/** Starts the watches if the start of this process wants them, see `process/wake-watches.ts`. Building the app, which loads the routes too, does not. */
export function watchIfWanted(): void {
  if (!takeWanted()) return
  const { every } = settings().watch
  if (every !== null) watch(every)
}
