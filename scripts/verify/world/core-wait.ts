import { readFileSync } from 'node:fs'

/** Milliseconds for which the main thread of a process has been ready to run and waited for a core; 0 where the system does not tell. */
export function coreWait(pid: number): number {
  try {
    const [, waited] = readFileSync(`/proc/${pid}/task/${pid}/schedstat`, 'utf8').split(' ')
    return Number(waited) / 1e6
  } catch {
    return 0
  }
}
