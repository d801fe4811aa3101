import { closeSync, constants, openSync, readSync } from 'node:fs'

/** The first record begins within these bytes, … */
const HEAD = 4096
/** … and the last within these, most often, … */
const TAIL = 4096
/** … and always within these: Azure's are at most 32 KB. */
const LONG_TAIL = 64 * 1024
const KEY = Buffer.from('"time"')
const TIME = /"time"\s*:\s*"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)/y
const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = constants

const room = Buffer.alloc(LONG_TAIL)

/** Returns the flush times of the first and last record of a file of `length` bytes, epoch milliseconds, as far as they are visible in its first and last bytes. */
export function edgeTimes(path: string, length: number): number[] {
  try {
    const file = openSync(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK)
    try {
      const first = firstIn(readSync(file, room, 0, Math.min(length, HEAD), 0))
      const last = (length <= TAIL ? null : lastOf(file, length, TAIL)) ?? lastOf(file, length, LONG_TAIL)
      return [first, last].flatMap((time) => (time === null || Number.isNaN(time) ? [] : [time]))
    } finally {
      closeSync(file)
    }
  } catch {
    // Whoever reads the file gets the reason.
    return []
  }
}

function firstIn(filled: number): number | null {
  for (let at = room.indexOf(KEY); at >= 0 && at < filled; at = room.indexOf(KEY, at + 1)) {
    const time = timeAt(at, filled)
    if (time !== null) return time
  }
  return null
}

function lastOf(file: number, length: number, most: number): number | null {
  const from = Math.max(0, length - most)
  const filled = readSync(file, room, 0, length - from, from)
  let at = filled
  while (at > 0) {
    at = room.lastIndexOf(KEY, at - 1)
    if (at < 0) return null
    const time = timeAt(at, filled)
    if (time !== null) return time
  }
  return null
}

/** Returns the time in `room[at, filled)`, epoch milliseconds; null if none begins there, NaN if it does not exist. */
function timeAt(at: number, filled: number): number | null {
  TIME.lastIndex = 0
  const match = TIME.exec(room.toString('latin1', at, filled))
  return match === null ? null : Date.parse(`${match[1]}Z`)
}
