import { Worker } from 'node:worker_threads'
import { replay } from '../proof'

/** Time after which a case counts as hanging. Milliseconds. */
const LONGEST = 20_000

const WATCH = `
const { workerData: { cell, longest, says } } = require('node:worker_threads')
let last = -1
setInterval(() => {
  const now = Atomics.load(cell, 0)
  if (now === last) {
    require('node:fs').writeSync(2, says[0] + now + says[1] + now + '\\n')
    process.kill(process.pid, 'SIGKILL')
  }
  last = now
}, longest)
`

/**
 * Watches a loop that never yields: `at(seed)` announces each case. If the same case still runs 20 to 40 seconds later, prints how to replay it and kills the
 * process, since nothing else ends an endless loop.
 */
export function watchLoop(name: string): { at(seed: number): void; stop(): Promise<unknown> } {
  const cell = new Int32Array(new SharedArrayBuffer(4))
  const says = [`${name} hangs at seed `, `. ${replay(name, '')}`]
  const watcher = new Worker(WATCH, { eval: true, workerData: { cell, longest: LONGEST, says } })
  return {
    at: (seed) => {
      Atomics.store(cell, 0, seed)
    },
    stop: () => watcher.terminate(),
  }
}
