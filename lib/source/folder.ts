import 'server-only'
import { realpath } from 'node:fs/promises'
import { basename, join, relative, resolve, sep } from 'node:path'
import type { Blob, Extent } from '@/lib/flow/blob'
import { hash53 } from '@/lib/flow/hash'
import { Problem } from '@/lib/flow/problem'
import { cancelled } from './cancelled'
import { extentsOf } from './extents'
import { FolderReading } from './folder-reading'
import { type Found, folderProblem, isInside, type Walk, walk } from './folder-walk'
import { Memo } from './memo'
import { parsePath, resourceScope } from './path'
import type { Reading, Report, Source } from './source'

export interface FolderOptions {
  /** Most directory entries to look at. */
  limit?: number
  /** How long a walk stays good, milliseconds. */
  keep?: number
}

/** Evidence copied from an account: the same tree, from any folder of it on, or loose `*.json` files, or both. Looked at only when asked. */
export class FolderSource implements Source {
  readonly kind = 'folder'
  readonly id: string
  readonly name: string
  private readonly limit: number
  private readonly keep: number
  private readonly walks = new Memo<Walk & { root: string }>()

  constructor(folder: string, { limit = 200_000, keep = 2000 }: FolderOptions = {}) {
    this.id = resolve(folder)
    this.name = basename(this.id) || this.id
    this.limit = limit
    this.keep = keep
  }

  async extents(signal: AbortSignal, report?: Report): Promise<Extent[]> {
    return extentsOf(await this.blobs(signal, report))
  }

  async list({ first, last }: { first: number; last: number }, signal: AbortSignal, report?: Report): Promise<Blob[]> {
    const blobs = await this.blobs(signal, report)
    return blobs.filter(({ hour }) => hour === null || (hour >= first && hour <= last))
  }

  refresh(): void {
    this.walks.forget(() => true)
  }

  async open(blob: Blob, { growing, signal }: { growing: boolean; signal: AbortSignal }): Promise<Reading> {
    if (signal.aborted) throw cancelled()
    const root = await this.root()
    const path = join(root, blob.name)
    if (blob.name.includes('\0') || !isInside(root, path) || relative(root, path).split(sep).join('/') !== blob.name) {
      throw new Problem('denied', `${JSON.stringify(blob.name)} is no name inside ${this.id}`, { where: this.id })
    }
    return FolderReading.open(path, growing)
  }

  private async root(): Promise<string> {
    try {
      return await realpath(this.id)
    } catch (error) {
      throw folderProblem(this.id, error)
    }
  }

  private async blobs(signal: AbortSignal, report?: Report): Promise<Blob[]> {
    const { root, files, problems } = await this.walks.get(
      '',
      signal,
      () => this.keep,
      async (shared) => {
        const root = await this.root()
        try {
          return { root, ...(await walk(root, this.limit, shared)) }
        } catch (error) {
          throw folderProblem(this.id, error)
        }
      },
    )
    for (const problem of problems) report?.(problem)
    return files.map((file) => this.blob(root, file))
  }

  private blob(root: string, { name, etag, length, modified }: Found): Blob {
    const above = `${root.split(sep).join('/').replace(/\/$/, '')}/`
    const path = parsePath(above + name)
    const scope = path && scopeBelow(above, path.scope)
    return {
      id: hash53(`${this.id}\0\0${name}`),
      source: this.id,
      container: '',
      name,
      etag,
      length,
      modified,
      scope,
      hour: path?.hour ?? null,
      mac: path?.mac ?? null,
    }
  }
}

/** From the resource segment on, wherever the root lies; without one, what is below the root. */
function scopeBelow(above: string, scope: string): string {
  const named = resourceScope(scope)
  return named === scope ? (scope.startsWith(above) ? scope.slice(above.length) : '') : named
}
