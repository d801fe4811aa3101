import { existsSync, readFileSync } from 'node:fs'

function status(pid: number, name: string): number | null {
  const file = `/proc/${pid}/status`
  const match = existsSync(file) ? new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(readFileSync(file, 'utf8')) : null
  return match ? Number(match[1]) * 1024 : null
}

/** Resident memory of a process at most, bytes, as Linux tells it; null elsewhere. */
export function peakMemory(pid: number): number | null {
  return status(pid, 'VmHWM')
}

/** Memory of a process that nothing but the process itself gives back: what a limit on a container counts against it. Bytes, or null where that is not told. */
export function ownMemory(pid: number): number | null {
  return status(pid, 'RssAnon')
}
