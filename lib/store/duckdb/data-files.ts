import { existsSync, writeFileSync } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Problem } from '@/lib/flow/problem'
import { isDamage, messageOf, problemOf } from './engine/failure'

/** Names in the data directory: the engine's file, and folders for spool files and for data that exceeds its memory during a query. */
export const DATA_FILE = 'tuples.duckdb'
export const SPOOL = 'spool'
export const TEMP = 'temp'
/** A file that marks the engine's as damaged, so that it is removed at the next start. */
export const MARK = 'tuples.duckdb.broken'

/** The engine's files in the data directory, and whether they can still be used. */
export class DataFiles {
  private isDamaged = false

  constructor(
    private readonly dir: string,
    private readonly warn: (message: string) => void,
  ) {}

  get spool(): string {
    return join(this.dir, SPOOL)
  }

  get isBroken(): boolean {
    return this.isDamaged || !existsSync(this.spool) || !existsSync(join(this.dir, DATA_FILE))
  }

  /** Converts the engine's error to a Problem. Damage is also recorded on disk, because only a restart can replace the file. */
  failed(what: string, error: unknown): Problem {
    if (isDamage(error)) this.mark(messageOf(error))
    return problemOf(what, error)
  }

  private mark(damage: string): void {
    this.isDamaged = true
    try {
      writeFileSync(join(this.dir, MARK), damage)
    } catch (unwritable) {
      this.warn(`Data directory ${this.dir} is damaged and cannot be written: ${unwritable}`)
    }
  }

  /** Bytes that queries have written to disk; 0 if nothing was. A file that disappears in the meantime counts 0. */
  async temporary(): Promise<number> {
    const temp = join(this.dir, TEMP)
    const names = await readdir(temp).catch(() => [])
    const sizes = await Promise.all(
      names.map((name) =>
        stat(join(temp, name)).then(
          ({ size }) => size,
          () => 0,
        ),
      ),
    )
    return sizes.reduce((sum, size) => sum + size, 0)
  }
}
