import { Problem } from '@/lib/flow/problem'
import type { Blob, LogExtent } from '@/lib/flow/reading/blob'
import { type Passed, passedLine } from '@/lib/flow/reading/passed'
import { BOUNDS, type DecodeBounds } from '@/lib/source/decode/bytes/bounds'
import { extentsOf } from '@/lib/source/model/extents'
import type { FileVersion, PackedObject, ProbedSource, Reading, ReportProblem, Source } from '@/lib/source/model/source'
import { Gate } from '@/lib/source/wait/gate'
import { Memo } from '@/lib/source/wait/memo'
import { extensionOf } from './kind'
import { lookAt, type Member, needsLook, type ObjectLook } from './look'
import { DecodedReading, hashOf, type KnownVersion } from './reading'

/** Objects examined at the same time. */
const WIDTH = 16
/** Maximum number of versions whose packing is remembered; for the others, a few bytes are read again. */
const MOST_KNOWN = 100_000
/** Maximum number of listings to remember. */
const MOST_LISTS = 32
/** A range without hours: sources list their loose files for any range. */
const LOOSE = { first: 0, last: -1 }

type Hours = { first: number; last: number }

/**
 * A source whose blobs give plain bytes, however they are packed: gzip, UTF-16 and UTF-32 under any name, and the files of zip and tar archives as separate
 * blobs named `ARCHIVE/PATH`. Objects without flow logs are passed over and reported. Each version of an object is examined once.
 */
export class DecodedSource implements ProbedSource {
  readonly id: string
  readonly name: string
  readonly kind: Source['kind']
  private readonly gate = new Gate(WIDTH)
  private readonly looks = new Memo<ObjectLook>()
  /** The version that was examined, by Blob.id. */
  private readonly versions = new Map<number, Pick<Blob, 'etag' | 'hour'>>()
  private readonly members = new Map<number, { archive: Blob; member: Member }>()
  private readonly known = new Map<number, KnownVersion & { etag: string }>()
  private readonly hashes = new Memo<PackedObject>()
  /** By hours: the listing of the source, whether none of it needed an examination, and the blobs made of it: the same array until something changes. */
  private readonly lists = new Map<string, { listed: readonly Blob[]; isPlain: boolean; blobs: Blob[] }>()
  private hasListed = false

  constructor(
    private readonly inner: Source & Partial<Pick<ProbedSource, 'probe'>>,
    private readonly bounds: DecodeBounds = BOUNDS,
  ) {
    this.id = inner.id
    this.name = inner.name
    this.kind = inner.kind
  }

  get heard(): (() => number) | undefined {
    return this.inner.heard
  }

  get expires(): number | null {
    return this.inner.expires ?? null
  }

  async extents(signal: AbortSignal, report?: ReportProblem): Promise<LogExtent[]> {
    const [extents, loose] = await Promise.all([this.inner.extents(signal, report), this.list(LOOSE, signal)])
    const inside = [...this.members.values()].map(({ member }) => member.blob)
    return merged([...extents, ...extentsOf([...loose, ...inside])])
  }

  async list(hours: Hours, signal: AbortSignal, report?: ReportProblem): Promise<Blob[]> {
    const listed = await this.inner.list(hours, signal, report)
    const key = `${hours.first} ${hours.last}`
    const before = this.lists.get(key)
    if (before?.listed === listed && before.isPlain) return before.blobs
    const blobs = listed.filter((blob) => !needsLook(blob))
    const others: ObjectLook['others'] = []
    this.forgetGone(listed)
    await Promise.all(
      listed.filter(needsLook).map((blob) =>
        this.gate.pass(signal, async () => {
          const look = await this.look(blob, signal)
          if (look === null || look.itself) blobs.push(blob)
          if (look === null) return
          for (const problem of look.problems) report?.(problem)
          others.push(...look.others)
          blobs.push(...look.members.flatMap(({ blob: one }) => (isWithin(one, hours) ? [one] : [])))
        }),
      ),
    )
    this.hasListed = true
    for (const line of linesOf(others)) report?.(new Problem('source', passedLine(line), { where: this.id }), { passed: line })
    const isSame = before?.blobs.length === blobs.length && blobs.every((blob, i) => blob === before.blobs[i])
    if (this.lists.size >= MOST_LISTS) this.lists.clear()
    this.lists.set(key, {
      listed,
      isPlain: blobs.length === listed.length && !listed.some(needsLook),
      blobs: isSame ? before.blobs : blobs,
    })
    return isSame ? before.blobs : blobs
  }

  refresh(): void {
    this.inner.refresh()
  }

  async open(blob: Blob, options: { growing: boolean; signal: AbortSignal }): Promise<Reading> {
    if (!this.hasListed && !this.members.has(blob.id)) await this.list(LOOSE, options.signal)
    const found = this.members.get(blob.id)
    const inner = found === undefined ? await this.inner.open(blob, options) : await this.openMember(found)
    return new DecodedReading(blob.name, inner, this.knownOf(blob.id, inner.etag), this.bounds)
  }

  file(blob: Blob): FileVersion | null {
    if (!this.hasListed || this.members.has(blob.id) || this.known.get(blob.id)?.packed) return null
    return this.inner.file?.(blob) ?? null
  }

  async probe(blob: Blob, signal: AbortSignal): Promise<void> {
    await this.inner.probe?.(this.members.get(blob.id)?.archive ?? blob, signal)
  }

  private async openMember({ archive, member }: { archive: Blob; member: Member }): Promise<Reading> {
    const { reading } = member
    const stored = (signal: AbortSignal) =>
      this.hashes.get(
        `${archive.id} ${archive.etag}`,
        signal,
        () => Number.POSITIVE_INFINITY,
        async (shared) => hashOf(await this.inner.open(archive, { growing: false, signal: shared }), shared),
      )
    return {
      etag: reading.etag,
      length: reading.length,
      border: () => null,
      mark: async () => null,
      continues: async () => false,
      read: (from, to, signal) => reading.read(from, to, signal),
      stored,
    }
  }

  private knownOf(id: number, etag: string): KnownVersion {
    const known = this.known.get(id)
    if (known?.etag === etag) return known
    if (this.known.size >= MOST_KNOWN) this.known.clear()
    const fresh = { etag, packed: null, end: null }
    this.known.set(id, fresh)
    return fresh
  }

  /** Returns null if the object cannot be examined and reading it will tell the reason. */
  private async look(blob: Blob, signal: AbortSignal): Promise<ObjectLook | null> {
    if (this.versions.get(blob.id)?.etag !== blob.etag) this.forget(blob.id)
    this.versions.set(blob.id, { etag: blob.etag, hour: blob.hour })
    try {
      return await this.looks.get(
        keyOf(blob),
        signal,
        () => Number.POSITIVE_INFINITY,
        async (shared) => {
          const look = await lookAt(blob, await this.inner.open(blob, { growing: false, signal: shared }), this.bounds, shared)
          for (const member of look.members) this.members.set(member.blob.id, { archive: blob, member })
          return look
        },
      )
    } catch (error) {
      if (signal.aborted || !(error instanceof Problem)) throw error
      if (error.kind === 'absent') return { itself: false, members: [], others: [], problems: [] }
      return null
    }
  }

  private forget(id: number): void {
    const version = this.versions.get(id)
    if (version === undefined) return
    this.looks.forgetOne(keyOf({ id, ...version }))
    this.versions.delete(id)
    for (const [member, { archive }] of this.members) if (archive.id === id) this.members.delete(member)
  }

  /** Objects without an hour are in every listing, so one that is missing is gone. */
  private forgetGone(listed: readonly Blob[]): void {
    const there = new Set(listed.map(({ id }) => id))
    for (const [id, { hour }] of this.versions) if (hour === null && !there.has(id)) this.forget(id)
  }
}

function keyOf({ id, etag }: Pick<Blob, 'id' | 'etag'>): string {
  return `${id} ${etag}`
}

function isWithin({ hour }: Blob, { first, last }: Hours): boolean {
  return hour === null || (hour >= first && hour <= last)
}

function linesOf(others: ObjectLook['others']): Passed[] {
  const lines = new Map<string, Passed>()
  for (const { name, other } of [...others].sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const line: Passed = { ...other, extension: extensionOf(name), count: 1, sample: name }
    const key = `${line.extension} ${line.what}`
    const known = lines.get(key)
    if (known) known.count++
    else lines.set(key, line)
  }
  return [...lines.values()]
}

/** Merges the extents of each log into one. */
function merged(extents: readonly LogExtent[]): LogExtent[] {
  const found = new Map<string, LogExtent>()
  for (const extent of extents) {
    const key = `${extent.container}\0${extent.scope}`
    const known = found.get(key)
    if (known === undefined) found.set(key, { ...extent })
    else {
      known.first = Math.min(known.first, extent.first)
      known.last = Math.max(known.last, extent.last)
      known.macs = [...new Set([...known.macs, ...extent.macs])]
    }
  }
  return [...found.values()]
}
