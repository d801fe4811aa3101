import { existsSync, readFileSync } from 'node:fs'

function status(pid: number, name: string): number | null {
  const file = `/proc/${pid}/status`
  const match = existsSync(file) ? new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(readFileSync(file, 'utf8')) : null
  return match ? Number(match[1]) * 1024 : null
}

/** Returns the peak resident memory of a process in bytes, on Linux; null elsewhere. */
export function peakMemory(pid: number): number | null {
  return status(pid, 'VmHWM')
}

/** Returns the memory of a process that only the process itself can free, which counts against a container's limit. Bytes, or null if unknown. */
export function ownMemory(pid: number): number | null {
  return status(pid, 'RssAnon')
}
