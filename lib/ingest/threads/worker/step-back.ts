import { readlinkSync } from 'node:fs'
import { getPriority, setPriority } from 'node:os'
import { basename } from 'node:path'

/** How much nicer a parse thread is than the process. */
const NICER = 5
const NICEST = 19

/**
 * Lets the thread that answers go first when more threads are busy than there are cores. On Linux, a priority belongs to a thread; elsewhere to the whole
 * process, which stays as it is.
 */
export function stepBack(): void {
  if (process.platform !== 'linux') return
  try {
    const thread = Number(basename(readlinkSync('/proc/thread-self')))
    setPriority(thread, Math.min(NICEST, getPriority(thread) + NICER))
  } catch {
    // Without /proc, or where a container forbids it, all threads are alike.
  }
}
