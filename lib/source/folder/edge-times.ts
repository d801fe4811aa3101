import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs'

/** The first record begins within these bytes, … */
const HEAD = 4096
/** … and the last within these, most often, … */
const TAIL = 4096
/** … and always within these: Azure's are at most 32 KB. */
const LONG_TAIL = 64 * 1024
const TIME = /"time"\s*:\s*"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)/g
const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = constants

const room = Buffer.alloc(LONG_TAIL)

/** Flush times of the first and the last record of a file, epoch milliseconds, as far as they can be seen without reading it. */
export function edgeTimes(path: string): number[] {
  try {
    const file = openSync(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK)
    try {
      const length = fstatSync(file).size
      const first = timesAt(file, 0, Math.min(length, HEAD))[0]
      const tail = length <= TAIL ? [] : timesAt(file, length - TAIL, TAIL)
      const last = tail.at(-1) ?? timesAt(file, Math.max(0, length - LONG_TAIL), Math.min(length, LONG_TAIL)).at(-1)
      return [first, last].flatMap((time) => (time === undefined || Number.isNaN(time) ? [] : [time]))
    } finally {
      closeSync(file)
    }
  } catch {
    // Whoever reads the file is told why it cannot be read.
    return []
  }
}

function timesAt(file: number, at: number, length: number): number[] {
  const text = room.toString('latin1', 0, readSync(file, room, 0, length, at))
  return [...text.matchAll(TIME)].map((match) => Date.parse(`${match[1]}Z`))
}
