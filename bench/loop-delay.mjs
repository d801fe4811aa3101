import { monitorEventLoopDelay } from 'node:perf_hooks'
import { isMainThread } from 'node:worker_threads'

// Loaded into the server before anything else: tells the delay of its event loop when asked by message.
const RESOLUTION = 5

if (isMainThread && process.send) {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION })
  delay.enable()
  // What is recorded is the time between two ticks, the resolution included.
  const ms = (nanoseconds) => Math.max(0, nanoseconds / 1e6 - RESOLUTION)
  process.on('message', (message) => {
    if (message?.kind !== 'loop-delay') return
    process.send({ kind: 'loop-delay', p50: ms(delay.percentile(50)), p99: ms(delay.percentile(99)), max: ms(delay.max) })
    delay.reset()
  })
  process.channel.unref()
}
