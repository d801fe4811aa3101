import 'server-only'
import { randomUUID } from 'node:crypto'
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { z } from 'zod'
import { Problem } from '@/lib/flow/problem'

/** Error codes of a missing file. */
const ABSENT = ['ENOENT', 'ENOTDIR']

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined
}

/** Bounds of a folder, so that a client that may create files fills neither the disk nor the memory of what reads all of them. */
interface Bounds {
  /** Maximum number of files. */
  files: number
  /** Maximum size of all files together. Bytes. */
  bytes: number
}

const MIB = 2 ** 20
const USUAL: Bounds = { files: 10_000, bytes: 64 * MIB }
/** Matches the name of an unfinished file. */
const DRAFT = /^\..*\.[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
/** Seconds after which a retry may succeed. */
const RELIEF = 5

/** JSON files of one kind in a folder of the data directory. Names must match `name`, so that none leads out of the folder. */
export class JsonFolder<Value> {
  private readonly bounds: Bounds
  /** Sizes by name, of files that have been written or measured. */
  private readonly sizes = new Map<string, number>()
  private readonly known = new Map<string, { version: string; value: Value }>()

  constructor(
    private readonly folder: string,
    private readonly name: RegExp,
    private readonly schema: z.ZodType<Value>,
    bounds: Partial<Bounds> = {},
  ) {
    this.bounds = { ...USUAL, ...bounds }
  }

  private path(name: string): string {
    if (!this.name.test(name)) throw new Problem('ask', `Name ${name} is invalid`, { key: 'id' })
    return join(/* turbopackIgnore: true */ this.folder, `${name}.json`)
  }

  /**
   * Returns null if there is no such file.
   * @throws Problem `store` if it cannot be read or is damaged
   */
  async read(name: string): Promise<Value | null> {
    const path = this.path(name)
    try {
      return this.schema.parse(JSON.parse(await readFile(path, 'utf8')))
    } catch (error) {
      if (ABSENT.includes(codeOf(error) ?? '')) return null
      throw new Problem('store', `File ${name}.json in the data directory is damaged or cannot be read`, { where: path, cause: error })
    }
  }

  /** The same as `read`, but a file that has not changed is read once: for small folders that many requests read from. */
  async remembered(name: string): Promise<Value | null> {
    const about = await stat(/* turbopackIgnore: true */ this.path(name), { bigint: true }).catch(() => null)
    const version = `${about?.ino} ${about?.mtimeNs} ${about?.size}`
    const known = this.known.get(name)
    if (about !== null && known?.version === version) return known.value
    const value = await this.read(name)
    if (value === null) this.known.delete(name)
    else this.known.set(name, { version, value })
    return value
  }

  private async sizeOf(name: string): Promise<number> {
    const size = this.sizes.get(name) ?? (await stat(/* turbopackIgnore: true */ this.path(name)).catch(() => null))?.size ?? 0
    this.sizes.set(name, size)
    return size
  }

  /** @throws Problem `limit` if the folder would hold too much with a file of `size` bytes */
  private async refuseBeyond(name: string, size: number): Promise<void> {
    const names = await this.names()
    const { files, bytes } = this.bounds
    const isNew = !names.includes(name)
    const refused = (what: string) =>
      new Problem('limit', `Data directory may hold at most ${what} in ${basename(this.folder)}: remove old ones`)
    if (isNew && names.length >= files) throw refused(`${files} files`)
    let [all, before] = [size, 0]
    for (const one of names) {
      if (one === name) before = await this.sizeOf(one)
      else all += await this.sizeOf(one)
    }
    if (all > bytes && size > before) throw refused(`${bytes / MIB} MiB of files`)
  }

  /**
   * Writes the file atomically.
   * @throws Problem `limit` if there are too many, `busy` if the folder cannot be written
   */
  async write(name: string, value: Value): Promise<void> {
    const path = this.path(name)
    const text = `${JSON.stringify(value, null, 1)}\n`
    const size = Buffer.byteLength(text)
    await this.refuseBeyond(name, size)
    const draft = join(/* turbopackIgnore: true */ this.folder, `.${name}.${randomUUID()}`)
    try {
      await mkdir(this.folder, { recursive: true, mode: 0o700 })
      const file = await open(draft, 'wx', 0o600)
      try {
        await file.writeFile(text)
        await file.sync()
      } finally {
        await file.close()
      }
      await rename(draft, path)
      this.sizes.set(name, size)
    } catch (error) {
      await rm(draft, { force: true }).catch(() => {})
      const problem = `Data directory cannot be written: ${name}.json was not saved (${codeOf(error) ?? 'unknown reason'})`
      throw new Problem('busy', problem, { where: path, retryAfter: RELIEF, cause: error })
    }
  }

  /** @throws Problem `busy` if the folder cannot be written */
  async remove(name: string): Promise<void> {
    const path = this.path(name)
    try {
      await rm(path, { force: true })
      this.sizes.delete(name)
      this.known.delete(name)
    } catch (error) {
      throw new Problem('busy', `Data directory cannot be written: ${name}.json was not deleted`, {
        where: path,
        retryAfter: RELIEF,
        cause: error,
      })
    }
  }

  /** Deletes unfinished files of a killed process. No other process may use the data directory. */
  async clear(): Promise<void> {
    const files = await readdir(/* turbopackIgnore: true */ this.folder).catch(() => [])
    for (const file of files)
      if (DRAFT.test(file)) await rm(join(/* turbopackIgnore: true */ this.folder, file), { force: true }).catch(() => {})
  }

  /** Returns the names of all files, sorted. */
  async names(): Promise<string[]> {
    const files = await readdir(/* turbopackIgnore: true */ this.folder).catch((error: unknown) => {
      if (ABSENT.includes(codeOf(error) ?? '')) return []
      const problem = `Folder ${basename(this.folder)} of the data directory cannot be read`
      throw new Problem('busy', problem, { where: this.folder, retryAfter: RELIEF, cause: error })
    })
    return files.flatMap((file) => (file.endsWith('.json') && this.name.test(file.slice(0, -5)) ? [file.slice(0, -5)] : [])).sort()
  }
}
