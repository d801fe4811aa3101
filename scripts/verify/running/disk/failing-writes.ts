import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'

/** Runs `work` while every spool write of this process fails in this way, or is cut short. Our own writes use `writeSync`. */
export async function withWrites<T>(how: 'ENOSPC' | 'EIO' | 'short', work: () => Promise<T>): Promise<T> {
  const { writeSync } = fs
  const broken = (file: number, bytes: Uint8Array, from: number) => {
    if (how === 'short') return writeSync(file, bytes, from, Math.min(1000, bytes.length - from))
    throw Object.assign(new Error(`${how}: write`), { code: how, syscall: 'write' })
  }
  fs.writeSync = broken as typeof writeSync
  syncBuiltinESMExports()
  try {
    return await work()
  } finally {
    fs.writeSync = writeSync
    syncBuiltinESMExports()
  }
}
