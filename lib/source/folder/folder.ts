import 'server-only'
import { realpath } from 'node:fs/promises'
import { basename, join, relative, resolve, sep } from 'node:path'
import { hash53 } from '@/lib/flow/hash'
import { Problem } from '@/lib/flow/problem'
import type { Blob, LogExtent } from '@/lib/flow/reading/blob'
import { HOUR } from '@/lib/flow/time/bucket'
import { FLUSH_LAG } from '@/lib/flow/view/view'
import { parsePath, resourceScope } from '@/lib/source/model/path'
import type { FileVersion, Reading, ReportProblem, Source } from '@/lib/source/model/source'
import { cancelled } from '@/lib/source/wait/cancelled'
import { Memo } from '@/lib/source/wait/memo'
import { Slices } from '@/lib/source/wait/slices'
import { edgeTimes } from './edge-times'
import { FolderListing } from './listing'
import { FolderReading } from './reading'
import { type FoundFile, folderProblem, isInside, type Walk, Walker } from './walk'

/** Maximum number of scopes and NICs to remember. */
const MOST_WORDS = 16_384

export interface FolderOptions {
  /** Maximum number of directory entries to look at. */
  limit?: number
  /** Milliseconds that a walk stays valid. */
  keep?: number
}

/** Evidence copied from an account: the same tree from any of its folders on, or loose files, or both. The file system is read only on request. */
export class FolderSource implements Source {
  readonly kind = 'folder'
  readonly id: string
  readonly name: string
  private readonly keep: number
  private readonly walker: Walker
  private readonly listings = new Memo<FolderListing>()
  /** Scopes and network interfaces of its blobs, each once: a substring of a path would keep the whole path in memory. */
  private readonly words = new Map<string, string>()
  private last: FolderListing | null = null

  constructor(folder: string, { limit = 200_000, keep = 2000 }: FolderOptions = {}) {
    this.id = resolve(folder)
    this.name = basename(this.id) || this.id
    this.walker = new Walker(limit)
    this.keep = keep
  }

  async extents(signal: AbortSignal, report?: ReportProblem): Promise<LogExtent[]> {
    const listing = await this.listing(signal, report)
    await listing.look(() => true, isStrayIn(listing.root), new Slices(signal))
    return listing.extents
  }

  /**
   * Files with one of the asked hours in their path are read anyway, those of the last hour maybe in part. Any other file may hold records of these hours too.
   */
  async list(hours: { first: number; last: number }, signal: AbortSignal, report?: ReportProblem): Promise<Blob[]> {
    const listing = await this.listing(signal, report)
    await listing.look((hour) => hour < hours.first || hour >= hours.last, isStrayIn(listing.root), new Slices(signal))
    return listing.within(hours)
  }

  refresh(): void {
    this.listings.forget(() => true)
  }

  async open(blob: Blob, { growing, signal }: { growing: boolean; signal: AbortSignal }): Promise<Reading> {
    if (signal.aborted) throw cancelled()
    const path = pathOf(await this.root(), blob)
    if (path === null) throw new Problem('denied', `${JSON.stringify(blob.name)} is no name inside ${this.id}`, { where: this.id })
    return FolderReading.open(path, growing)
  }

  file(blob: Blob): FileVersion | null {
    const path = this.last === null ? null : pathOf(this.last.root, blob)
    return path === null ? null : { path, etag: blob.etag, length: blob.length }
  }

  private async root(): Promise<string> {
    try {
      return await realpath(this.id)
    } catch (error) {
      throw folderProblem(this.id, error)
    }
  }

  private async listing(signal: AbortSignal, report?: ReportProblem): Promise<FolderListing> {
    const listing = await this.listings.get(
      '',
      signal,
      () => this.keep,
      async (shared) => {
        const root = await this.root()
        try {
          return this.listed(root, await this.walker.walk(root, shared))
        } catch (error) {
          throw folderProblem(this.id, error)
        }
      },
    )
    for (const problem of listing.walk.problems) report?.(problem)
    return listing
  }

  /** Returns the same listing until something changes. */
  private listed(root: string, walk: Walk): FolderListing {
    if (this.last?.walk === walk && this.last.root === root) return this.last
    this.last = new FolderListing(root, walk, (found) => this.blob(root, found), this.last)
    return this.last
  }

  private blob(root: string, { name, etag, length, modified }: FoundFile): Blob {
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
      scope: this.shared(scope),
      hour: path?.hour ?? null,
      mac: this.shared(path?.mac ?? null),
    }
  }

  private shared(word: string | null): string | null {
    if (word === null) return null
    const known = this.words.get(word)
    if (known !== undefined) return known
    if (this.words.size >= MOST_WORDS) this.words.clear()
    const copy = Buffer.from(word).toString()
    this.words.set(copy, copy)
    return copy
  }
}

/** Returns a test that is true if the first or last record of a file belongs to a different hour than its path. */
function isStrayIn(root: string): (blob: Blob) => boolean {
  return ({ name, hour, length }) =>
    hour !== null && edgeTimes(join(root, name), length).some((time) => time < hour - FLUSH_LAG || time >= hour + HOUR + FLUSH_LAG)
}

/** Returns null for a name that leads out of the root. */
function pathOf(root: string, { name }: Blob): string | null {
  const path = join(root, name)
  return name.includes('\0') || !isInside(root, path) || relative(root, path).split(sep).join('/') !== name ? null : path
}

/** Returns the scope from the resource segment on, wherever the root is; without such a segment, the path below the root. */
function scopeBelow(above: string, scope: string): string {
  const named = resourceScope(scope)
  return named === scope ? (scope.startsWith(above) ? scope.slice(above.length) : '') : named
}
