import 'server-only'
import { randomUUID } from 'node:crypto'
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { z } from 'zod'
import { Problem } from '@/lib/flow/problem'

/** What a file that is not there fails with. */
const ABSENT = ['ENOENT', 'ENOTDIR']

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined
}

/** JSON files of one kind in a folder of the data directory, named by what `name` matches, so that no name leads out of it. */
export class JsonFolder<Value> {
  constructor(
    private readonly folder: string,
    private readonly name: RegExp,
    private readonly schema: z.ZodType<Value>,
  ) {}

  private path(name: string): string {
    if (!this.name.test(name)) throw new Problem('ask', `Name ${name} is none that can be kept`, { key: 'id' })
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

  /** The file is there whole or not at all. @throws Problem `store` when the folder cannot be written. */
  async write(name: string, value: Value): Promise<void> {
    const path = this.path(name)
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
      throw new Problem('store', `Data directory cannot be written: ${name}.json is not kept (${codeOf(error) ?? 'unknown reason'})`, {
        where: path,
        cause: error,
      })
    }
  }

  /** @throws Problem `store` when the folder cannot be written. */
  async remove(name: string): Promise<void> {
    const path = this.path(name)
    try {
      await rm(path, { force: true })
    } catch (error) {
      throw new Problem('store', `Data directory cannot be written: ${name}.json is still there`, { where: path, cause: error })
    }
  }

  /** Names of the files that are there, sorted. */
  async names(): Promise<string[]> {
    const files = await readdir(/* turbopackIgnore: true */ this.folder).catch((error: unknown) => {
      if (ABSENT.includes(codeOf(error) ?? '')) return []
      throw new Problem('store', `Folder ${this.folder} cannot be read`, { where: this.folder, cause: error })
    })
    return files.flatMap((file) => (file.endsWith('.json') && this.name.test(file.slice(0, -5)) ? [file.slice(0, -5)] : [])).sort()
  }
}
