import 'server-only'
import { randomUUID } from 'node:crypto'
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { z } from 'zod'
import { Problem } from '@/lib/flow/problem'

/** Error codes of a missing file. */
const ABSENT = ['ENOENT', 'ENOTDIR']

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined
}

/** Most files of one kind: whoever may ask may write one, and no disk is to be filled so. */
const MOST = 10_000
/** Seconds after which a disk may take more. */
const RELIEF = 5

/** JSON files of one kind in a folder of the data directory. Names must match `name`, so that none leads out of the folder. */
export class JsonFolder<Value> {
  constructor(
    private readonly folder: string,
    private readonly name: RegExp,
    private readonly schema: z.ZodType<Value>,
    private readonly most = MOST,
  ) {}

  private path(name: string): string {
    if (!this.name.test(name)) throw new Problem('ask', `Name ${name} is invalid`, { key: 'id' })
    return join(/* turbopackIgnore: true */ this.folder, `${name}.json`)
  }

  /** Null when there is no such file. @throws Problem `store` when it cannot be read or is damaged. */
  async read(name: string): Promise<Value | null> {
    const path = this.path(name)
    try {
      return this.schema.parse(JSON.parse(await readFile(path, 'utf8')))
    } catch (error) {
      if (ABSENT.includes(codeOf(error) ?? '')) return null
      throw new Problem('store', `File ${name}.json in the data directory is damaged or cannot be read`, { where: path, cause: error })
    }
  }

  /** Writes the file atomically. @throws Problem `limit` when there are too many, `busy` when the folder cannot be written. */
  async write(name: string, value: Value): Promise<void> {
    const path = this.path(name)
    const names = await this.names()
    if (names.length >= this.most && !names.includes(name))
      throw new Problem('limit', `Data directory holds ${this.most} files in ${basename(this.folder)}, which is the most: remove old ones`)
    const draft = join(/* turbopackIgnore: true */ this.folder, `.${name}.${randomUUID()}`)
    try {
      await mkdir(this.folder, { recursive: true, mode: 0o700 })
      const file = await open(draft, 'wx', 0o600)
      try {
        await file.writeFile(`${JSON.stringify(value, null, 1)}\n`)
        await file.sync()
      } finally {
        await file.close()
      }
      await rename(draft, path)
    } catch (error) {
      await rm(draft, { force: true }).catch(() => {})
      const problem = `Data directory cannot be written: ${name}.json was not saved (${codeOf(error) ?? 'unknown reason'})`
      throw new Problem('busy', problem, { where: path, retryAfter: RELIEF, cause: error })
    }
  }

  /** @throws Problem `busy` when the folder cannot be written. */
  async remove(name: string): Promise<void> {
    const path = this.path(name)
    try {
      await rm(path, { force: true })
    } catch (error) {
      throw new Problem('busy', `Data directory cannot be written: ${name}.json was not deleted`, {
        where: path,
        retryAfter: RELIEF,
        cause: error,
      })
    }
  }

  /** Names of all files, sorted. */
  async names(): Promise<string[]> {
    const files = await readdir(/* turbopackIgnore: true */ this.folder).catch((error: unknown) => {
      if (ABSENT.includes(codeOf(error) ?? '')) return []
      const problem = `Folder ${basename(this.folder)} of the data directory cannot be read`
      throw new Problem('busy', problem, { where: this.folder, retryAfter: RELIEF, cause: error })
    })
    return files.flatMap((file) => (file.endsWith('.json') && this.name.test(file.slice(0, -5)) ? [file.slice(0, -5)] : [])).sort()
  }
}
