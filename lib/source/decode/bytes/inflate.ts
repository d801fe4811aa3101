import { createInflateRaw } from 'node:zlib'
import type { Feed } from './feed'

/** Packed bytes given to zlib at once, which limits its output between two checks. */
const SLICE = 64 * 1024

/** The end of a deflate stream: `whole` at its own end, `cut` where its input ends, `damaged` at bytes that are not deflate. */
export type Ending = 'whole' | 'cut' | 'damaged'

/** Unpacks one deflate stream (RFC 1951) and leaves the feed after its end. All bytes that can be unpacked are yielded, whatever the ending. */
export async function* inflate(feed: Feed): AsyncGenerator<Uint8Array, Ending, undefined> {
  const zlib = createInflateRaw()
  const ready: Uint8Array[] = []
  let ending: Ending | null = null
  let wake = () => {}
  const end = (how: Ending) => {
    ending ??= how
    wake()
  }
  zlib.on('data', (data: Uint8Array) => ready.push(data))
  zlib.on('error', (error) => end('code' in error && error.code === 'Z_BUF_ERROR' ? 'cut' : 'damaged'))
  zlib.on('end', () => end('whole'))
  const settled = (start: (done: () => void) => void) =>
    new Promise<void>((resolve) => {
      wake = resolve
      start(resolve)
    })
  let fed = 0
  try {
    while (ending === null) {
      const part = await feed.some(SLICE)
      if (part === null) {
        await settled(() => zlib.end())
      } else {
        fed += part.length
        await settled((done) => zlib.write(part, done))
        // Report the end only after all output before it has been taken.
        if (ending === null && zlib.bytesWritten < fed) await settled(() => {})
        if (ending === 'whole') feed.giveBack(part.subarray(part.length - (fed - zlib.bytesWritten)))
      }
      yield* ready.splice(0)
    }
    return ending
  } finally {
    zlib.destroy()
  }
}
