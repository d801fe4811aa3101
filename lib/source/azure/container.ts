import type { ContainerClient } from '@azure/storage-blob'
import { hash53 } from '@/lib/flow/hash'
import { Problem } from '@/lib/flow/problem'
import type { Blob, LogExtent } from '@/lib/flow/reading/blob'
import { DAY, floorTo, HOUR, MINUTE } from '@/lib/flow/time/bucket'
import { extentsOf } from '@/lib/source/model/extents'
import { parsePath } from '@/lib/source/model/path'
import type { ReportProblem } from '@/lib/source/model/source'
import type { Manner } from '@/lib/source/request/request'
import { Memo } from '@/lib/source/wait/memo'
import { together } from '@/lib/source/wait/together'
import { type Calendar, calendarOf, hoursBelow } from './calendar'
import { AzureLister, type ListedBlob } from './list'
import { type Listing, listings } from './prefixes'
import { days, discover, type Tree } from './tree'
import { unlessDenied } from './unless-denied'

const KEEP_TREE = 10 * MINUTE
const KEEP_EMPTY = 30_000
const KEEP_NEWEST = 30_000
const KEEP_CLOSED = 10 * MINUTE
const KEEP_RECENT = 5000
/** For longer spans, only days that exist are listed, since most days may be empty. */
const LONG_SPAN = 8 * DAY

/** The listings of one container, kept for a while. A day is closed one day after its end; until then, late writes are expected. */
export class AzureContainer {
  private readonly lister: AzureLister
  private readonly trees: Memo<Tree | null>
  private readonly edges: Memo<Blob[]>
  private readonly listed: Memo<Blob[]>
  private readonly calendars: Memo<Calendar>
  private readonly spelled: Memo<Map<number, Set<string>>>

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
    this.calendars = new Memo(manner.now)
    this.spelled = new Memo(manner.now)
  }

  /** Returns null if the container does not exist. */
  async extents(signal: AbortSignal, report?: ReportProblem): Promise<LogExtent[] | null> {
    const tree = await this.tree(signal)
    if (tree === null) return null
    for (const problem of tree.refused) report?.(problem)
    const found = await together(
      signal,
      tree.bases.map((base) => (shared) => unlessDenied(this.extent(base, shared), report)),
    )
    return found.filter((extent) => extent !== null)
  }

  /** Returns null if the container does not exist. */
  async list(hours: { first: number; last: number }, signal: AbortSignal, report?: ReportProblem): Promise<Blob[] | null> {
    const tree = await this.tree(signal)
    if (tree === null) return null
    for (const problem of tree.refused) report?.(problem)
    const found = await together(
      signal,
      tree.bases.map((base) => async (shared) => (await unlessDenied(this.hours(base, hours, shared), report)) ?? []),
    )
    return [...found.flat(), ...tree.loose.map((item) => this.blob(item))]
  }

  /** Drops all remembered listings of blobs. */
  refresh(): void {
    this.listed.forget(() => true)
  }

  /** Drops the listings that showed a blob which has changed since. */
  forget({ name, scope }: Blob): void {
    this.listed.forget((prefix) => name.startsWith(prefix))
    if (scope !== null) return
    this.trees.forget(() => true)
    this.calendars.forget(() => true)
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

  private async extent(base: string, signal: AbortSignal): Promise<LogExtent | null> {
    const [oldest = [], newest = []] = await together(signal, [
      (shared) => this.edge(base, 'oldest', shared),
      (shared) => this.edge(base, 'newest', shared),
    ])
    const extent = extentsOf(newest)[0]
    return extent === undefined ? null : { ...extent, first: Math.min(extent.first, ...oldest.map(({ hour }) => hour!)) }
  }

  /** Returns the blobs of the newest or oldest day that has any. */
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

  private async hours(base: string, { first, last }: { first: number; last: number }, signal: AbortSignal): Promise<Blob[]> {
    const calendar = await this.calendar(base, signal)
    const found = await together(
      signal,
      (await this.plan(base, first, last, calendar, signal)).map((listing) => (shared: AbortSignal) => this.listing(listing, shared)),
    )
    const blobs = new Map([...found.flat(), ...calendar.undated.map((item) => this.blob(item))].map((blob) => [blob.id, blob]))
    return [...blobs.values()].filter(({ hour }) => hour === null || (hour >= first && hour <= last))
  }

  /** For a long span, plans only days that exist and days that may have begun since the calendar was read. */
  private async plan(base: string, first: number, last: number, calendar: Calendar, signal: AbortSignal): Promise<Listing[]> {
    const { days } = calendar
    if (last - first <= LONG_SPAN)
      return listings(base, first, last, days, calendar.hours ?? (await this.hourPrefixes(calendar, first, last, signal)))
    const newest = this.manner.now() + HOUR
    const recent = Math.max(first, this.manner.now() - DAY)
    const known = [...days].filter(([day]) => day + DAY > first && day <= last)
    const plan = known.flatMap(([day, prefixes]) => [...prefixes].map((prefix) => ({ prefix, end: day + DAY })))
    const listed = new Set(plan.map(({ prefix }) => prefix))
    const added = listings(base, floorTo(recent, DAY), Math.min(floorTo(newest, DAY) + DAY - HOUR, floorTo(last, DAY) + DAY - HOUR))
    return [...plan, ...added.filter(({ prefix }) => !listed.has(prefix))]
  }

  /** Returns the hour prefixes, as spelled in storage, of the days that are listed by the hour. */
  private async hourPrefixes({ days }: Calendar, first: number, last: number, signal: AbortSignal): Promise<Calendar['hours'] & object> {
    const edges = new Set([floorTo(first, DAY), floorTo(last, DAY)].flatMap((day) => [...(days.get(day) ?? [])]))
    const found = await together(
      signal,
      [...edges].map(
        (prefix) => (shared: AbortSignal) =>
          this.spelled.get(
            prefix,
            shared,
            () => this.manner.keep(KEEP_TREE),
            (kept) => hoursBelow(this.lister, prefix, kept),
          ),
      ),
    )
    return new Map(found.flatMap((hours) => [...hours]))
  }

  private calendar(base: string, signal: AbortSignal): Promise<Calendar> {
    return this.calendars.get(
      base,
      signal,
      () => this.manner.keep(KEEP_TREE),
      (shared) => calendarOf(this.lister, base, shared),
    )
  }

  private listing({ prefix, end }: Listing, signal: AbortSignal): Promise<Blob[]> {
    const keep = end + DAY <= this.manner.now() ? KEEP_CLOSED : KEEP_RECENT
    return this.listed.get(
      prefix,
      signal,
      () => this.manner.keep(keep),
      async (shared) => (await this.lister.all(prefix, shared)).map((item) => this.blob(item)),
    )
  }

  private blob({ name, etag, length, modified }: ListedBlob): Blob {
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
