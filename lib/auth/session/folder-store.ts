import { randomUUID } from 'node:crypto'
import { chmod, mkdir, open, readdir, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Problem } from '@/lib/flow/problem'
import type { SessionStore, StoredValue } from './store'

const NAME = /^[a-z]+-[0-9a-f]{64}$/

function isAbsent(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}

/** A store that several instances share: one file of mode 0600 for each value, written atomically. The modification time is the time of the last touch. */
export class FolderStore implements SessionStore {
  private ready: Promise<void> | null = null

  /** Values not touched for `lifetime` (milliseconds) are removed. */
  constructor(
    private readonly folder: string,
    private readonly lifetime: number,
  ) {}

  async read(name: string): Promise<StoredValue | null> {
    try {
      const file = await open(this.fileOf(name), 'r')
      try {
        const [value, { mtimeMs }] = await Promise.all([file.readFile('utf8'), file.stat()])
        return { value, touched: Math.round(mtimeMs) }
      } finally {
        await file.close()
      }
    } catch (error) {
      if (isAbsent(error)) return null
      throw unusable('read', error)
    }
  }

  async write(name: string, value: string, now: number): Promise<void> {
    const half = join(this.folder, `.${randomUUID()}.half`)
    try {
      await this.prepare(now)
      await writeFile(half, value, { mode: 0o600, flag: 'wx', flush: true })
      await utimes(half, new Date(now), new Date(now))
      await rename(half, this.fileOf(name))
    } catch (error) {
      await rm(half, { force: true }).catch(() => undefined)
      throw unusable('written', error)
    }
  }

  async touch(name: string, now: number): Promise<void> {
    try {
      await utimes(this.fileOf(name), new Date(now), new Date(now))
    } catch (error) {
      if (!isAbsent(error)) throw unusable('written', error)
    }
  }

  async remove(name: string): Promise<void> {
    try {
      await rm(this.fileOf(name), { force: true })
    } catch (error) {
      throw unusable('written', error)
    }
  }

  private fileOf(name: string): string {
    if (!NAME.test(name)) throw new Problem('store', 'Session store was given an invalid name')
    return join(this.folder, name)
  }

  /** Runs once: creates the folder, accessible to this user only, and removes expired values. */
  private prepare(now: number): Promise<void> {
    this.ready ??= this.open(now).catch((error: unknown) => {
      this.ready = null
      throw error
    })
    return this.ready
  }

  private async open(now: number): Promise<void> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 })
    await chmod(this.folder, 0o700)
    for (const name of await readdir(this.folder)) {
      if (!NAME.test(name) && !name.endsWith('.half')) continue
      const file = join(this.folder, name)
      const touched = await stat(file).then(
        ({ mtimeMs }) => mtimeMs,
        () => now,
      )
      if (now - touched > this.lifetime) await rm(file, { force: true })
    }
  }
}

function unusable(what: 'read' | 'written', cause: unknown): Problem {
  return new Problem('store', `Session store cannot be ${what}: FLOWLENS_TOKEN_STORE must be a folder that this server owns`, { cause })
}
