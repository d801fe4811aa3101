import type { FileRead } from '@/lib/context/read/read-file'
import type { ReaderThread } from './thread'

/** Longest time for one file. Milliseconds. */
const PATIENCE = 120_000

function failed(reason: string): FileRead {
  return { sha256: '', sets: [], failure: { reason, line: null } }
}

/** Reads files on one thread. A file that ends the thread by exceeding memory or time fails; the next thread reads the others. */
export async function readFiles(paths: readonly string[], start: () => ReaderThread, patience = PATIENCE): Promise<Map<string, FileRead>> {
  const found = new Map<string, FileRead>()
  while (found.size < paths.length) {
    const left = paths.filter((path) => !found.has(path))
    const ended = await readSome(left, start, found, patience)
    if (ended === null) return found
    found.set(ended.path ?? left[0]!, failed(ended.reason))
  }
  return found
}

/** Resolves to null once all are read, otherwise to the file that ended the thread. */
function readSome(
  paths: string[],
  start: () => ReaderThread,
  found: Map<string, FileRead>,
  patience: number,
): Promise<{ path: string | null; reason: string } | null> {
  return new Promise((resolve) => {
    const thread = start()
    let path: string | null = null
    let timer: NodeJS.Timeout | undefined
    const over = (reason: string | null) => {
      clearTimeout(timer)
      resolve(reason === null ? null : { path, reason })
      void thread.terminate()
    }
    const wait = () => {
      clearTimeout(timer)
      timer = setTimeout(() => over(`it takes longer than ${Math.round(patience / 1000)} s to read`), patience)
      timer.unref()
    }
    thread.on('error', ({ message }) =>
      over(/memory/i.test(message) ? 'it needs too much memory' : `its reader stopped: ${message.slice(0, 200)}`),
    )
    thread.on('exit', () => over('its reader stopped'))
    thread.on('message', (message) => {
      path = message.path
      if (message.kind === 'begun') return wait()
      found.set(message.path, message.file)
      if (paths.every((one) => found.has(one))) over(null)
    })
    thread.unref()
    wait()
    thread.postMessage({ paths })
  })
}
