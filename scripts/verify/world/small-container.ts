import type { ChildProcess } from 'node:child_process'
import { ownMemory } from './memory'

/** The small container of docs/operations.md: bytes of its own memory that a server there must stay below, and its settings. */
export const MEMORY = 512 * 2 ** 20
export const FLAGS = ['--max-old-space-size=160', '--max-semi-space-size=8']
export const SETTINGS = { FLOWLENS_MEMORY: String(MEMORY), MALLOC_ARENA_MAX: '2', MALLOC_MMAP_THRESHOLD_: '1048576' }

/** Interval between two looks at the memory. Milliseconds. */
const EVERY = 20

/** Watches the memory of servers, one after another, until `stop`, which returns the most bytes that any of them took; 0 where the system does not tell. */
export function watchMemory(child: () => ChildProcess): { stop(): number } {
  let most = 0
  const timer = setInterval(() => {
    most = Math.max(most, ownMemory(child().pid!) ?? 0)
  }, EVERY)
  return {
    stop() {
      clearInterval(timer)
      return most
    },
  }
}
