import type { ContainerClient } from '@azure/storage-blob'
import type { Blob, Extent } from '@/lib/flow/blob'
import { DAY, HOUR, MINUTE } from '@/lib/flow/bucket'
import { hash53 } from '@/lib/flow/hash'
import { Problem } from '@/lib/flow/problem'
import { AzureLister, type Item } from './azure-list'
import type { Manner } from './azure-request'
import { days, discover, type Tree } from './azure-tree'
import { extentsOf } from './extents'
import { Memo } from './memo'
import { isJson, parsePath } from './path'
import { type Listing, listings } from './prefixes'
import type { Report } from './source'
import { together } from './together'
import { unlessDenied } from './unless-denied'

const KEEP_TREE = 10 * MINUTE
const KEEP_EMPTY = 30_000
const KEEP_NEWEST = 30_000
const KEEP_CLOSED = 10 * MINUTE
const KEEP_RECENT = 5000
/** Beyond this span it is cheaper to ask for the edges first than to list days that may hold nothing. */
const LONG_SPAN = 8 * DAY

/** The listings of one container, remembered for a while. Days are closed a day after their end; until then late writes are expected. */
export class AzureContainer {
  private readonly lister: AzureLister
  private readonly trees: Memo<Tree | null>
  private readonly edges: Memo<Blob[]>
  private readonly listed: Memo<Blob[]>

  /** `source` is Source.id, `subject` the container's URL without its query. */
  constructor(
    private readonly source: string,
    private readonly name: string,
    readonly subject: string,
    client: () => ContainerClient,
    private readonly manner: Manner,
  ) {
    this.lister = new AzureLister(subject, client, manner)
    this.trees = new Memo(manner.now)
    this.edges = new Memo(manner.now)
    this.listed = new Memo(manner.now)
  }

  /** Null when the container does not exist. */
  async extents(signal: AbortSignal, report?: Report): Promise<Extent[] | null> {
    const tree = await this.tree(signal)
    if (tree === null) return null
    for (const problem of tree.refused) report?.(problem)
    const found = await together(
      signal,
      tree.bases.map((base) => (shared) => unlessDenied(this.extent(base, shared), report)),
    )
    return found.filter((extent) => extent !== null)
  }

  /** Null when the container does not exist. */
  async list(hours: { first: number; last: number }, signal: AbortSignal, report?: Report): Promise<Blob[] | null> {
    const tree = await this.tree(signal)
    if (tree === null) return null
    for (const problem of tree.refused) report?.(problem)
    const found = await together(
      signal,
      tree.bases.map((base) => async (shared) => (await unlessDenied(this.hours(base, hours, shared), report)) ?? []),
    )
    return [...found.flat(), ...tree.loose.map((item) => this.blob(item))]
  }

  /** Blobs are listed anew from now on. */
  refresh(): void {
    this.listed.forget(() => true)
  }

  /** A blob is not what a listing said any more: the listings that showed it are made anew. */
  forget({ name, scope }: Blob): void {
    this.listed.forget((prefix) => name.startsWith(prefix))
    if (scope === null) this.trees.forget(() => true)
  }

  private tree(signal: AbortSignal): Promise<Tree | null> {
    return this.trees.get(
      '',
      signal,
      (tree) => this.manner.keep(tree === null || tree.bases.length === 0 ? KEEP_EMPTY : KEEP_TREE),
      async (shared) => {
        try {
          return await discover(this.subject, this.lister, shared)
        } catch (error) {
          if (error instanceof Problem && error.kind === 'absent') return null
          throw error
        }
      },
    )
  }

  private async extent(base: string, signal: AbortSignal): Promise<Extent | null> {
    const [oldest = [], newest = []] = await together(signal, [
      (shared) => this.edge(base, 'oldest', shared),
      (shared) => this.edge(base, 'newest', shared),
    ])
    const extent = extentsOf(newest)[0]
    return extent === undefined ? null : { ...extent, first: Math.min(extent.first, ...oldest.map(({ hour }) => hour!)) }
  }

  /** Blobs of the newest or oldest day that has any. */
  private edge(base: string, from: 'newest' | 'oldest', signal: AbortSignal): Promise<Blob[]> {
    const keep = from === 'newest' ? KEEP_NEWEST : KEEP_TREE
    return this.edges.get(
      `${from} ${base}`,
      signal,
      () => this.manner.keep(keep),
      async (shared) => {
        for await (const prefix of days(this.lister, base, from, shared)) {
          const blobs = await this.listing({ prefix, end: Number.POSITIVE_INFINITY }, shared)
          const dated = blobs.filter(({ hour }) => hour !== null)
          if (dated.length > 0) return dated
        }
        return []
      },
    )
  }

  private async hours(base: string, asked: { first: number; last: number }, signal: AbortSignal): Promise<Blob[]> {
    let { first, last } = asked
    if (last - first > LONG_SPAN) {
      const extent = await this.extent(base, signal)
      if (extent === null) return []
      first = Math.max(first, extent.first)
      last = Math.min(last, Math.max(extent.last, this.manner.now() + HOUR))
    }
    const found = await together(
      signal,
      listings(base, first, last).map((listing) => (shared) => this.listing(listing, shared)),
    )
    return found.flat().filter(({ hour }) => hour === null || (hour >= first && hour <= last))
  }

  private listing({ prefix, end }: Listing, signal: AbortSignal): Promise<Blob[]> {
    const keep = end + DAY <= this.manner.now() ? KEEP_CLOSED : KEEP_RECENT
    return this.listed.get(
      prefix,
      signal,
      () => this.manner.keep(keep),
      async (shared) => (await this.lister.all(prefix, shared)).filter(({ name }) => isJson(name)).map((item) => this.blob(item)),
    )
  }

  private blob({ name, etag, length, modified }: Item): Blob {
    const path = parsePath(name)
    return {
      id: hash53(`${this.source}\0${this.name}\0${name}`),
      source: this.source,
      container: this.name,
      name,
      etag,
      length,
      modified,
      scope: path?.scope ?? null,
      hour: path?.hour ?? null,
      mac: path?.mac ?? null,
    }
  }
}
