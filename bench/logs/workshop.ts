import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

/** A temporary folder for everything that the benchmark writes; deleted when the process ends. */
export interface Workshop {
  folder: string
  /** A new, empty folder. */
  fresh(name: string): string
  /** Deletes a folder that `fresh` created. */
  remove(folder: string): void
}

export function makeWorkshop(): Workshop {
  const folder = mkdtempSync(path.join(tmpdir(), 'flowlens-bench-'))
  const remove = (gone: string) => rmSync(gone, { recursive: true, force: true, maxRetries: 5 })
  process.on('exit', () => remove(folder))
  let made = 0
  const fresh = (name: string) => {
    const one = path.join(folder, `${name}-${++made}`)
    mkdirSync(one)
    return one
  }
  return { folder, fresh, remove }
}
