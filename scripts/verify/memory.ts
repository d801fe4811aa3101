import { existsSync, readFileSync } from 'node:fs'

function status(pid: number, name: string): number | null {
  const file = `/proc/${pid}/status`
  const match = existsSync(file) ? new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(readFileSync(file, 'utf8')) : null
  return match ? Number(match[1]) * 1024 : null
}

/** Resident memory of a process now and at most, bytes, as Linux tells it; null elsewhere. */
export function residentMemory(pid: number): { now: number; peak: number } | null {
  const [now, peak] = [status(pid, 'VmRSS'), status(pid, 'VmHWM')]
  return now === null || peak === null ? null : { now, peak }
}
