import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { isMainThread } from 'node:worker_threads'

// Loaded into the server first: reports the delay of its event loop, and the heap of its main thread, when asked by message.
const RESOLUTION = 5

if (isMainThread && process.send) {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION })
  delay.enable()
  // The recorded time between two ticks includes the resolution.
  const ms = (nanoseconds) => Math.max(0, nanoseconds / 1e6 - RESOLUTION)
  const heap = () => {
    setFlagsFromString('--expose-gc')
    runInNewContext('gc')()
    return process.memoryUsage().heapUsed
  }
  process.on('message', (message) => {
    if (message?.kind === 'heap') process.send({ kind: 'heap', bytes: heap() })
    if (message?.kind !== 'loop-delay') return
    process.send({ kind: 'loop-delay', p50: ms(delay.percentile(50)), p99: ms(delay.percentile(99)), max: ms(delay.max) })
    delay.reset()
  })
  process.channel.unref()
}
