import { Problem } from '@/lib/flow/problem'
import type { Blob, LogExtent } from '@/lib/flow/reading/blob'
import { DAY, floorTo, HOUR } from '@/lib/flow/time/bucket'
import { extentsOf } from '@/lib/source/model/extents'
import type { ProbedSource, Reading, ReportProblem, Source } from '@/lib/source/model/source'
import { Rights, type RightsOptions } from './rights'

/** Milliseconds before its newest day in which a log is searched for a day that may be read. */
const BACK = 7 * DAY

type Hours = { first: number; last: number }

/** A source as one person sees it: blobs that this person's token may not read are left out and only counted. */
export class PermittedSource implements Source {
  readonly id: string
  readonly name: string
  readonly kind: Source['kind']
  readonly heard: Source['heard']
  private readonly rights: Rights

  constructor(
    private readonly inner: ProbedSource,
    options: RightsOptions,
  ) {
    this.id = inner.id
    this.name = inner.name
    this.kind = inner.kind
    this.heard = inner.heard
    this.rights = new Rights((blob, signal) => inner.probe(blob, signal), options)
  }

  /** Leaves out logs of which no blob may be read. */
  async extents(signal: AbortSignal, report?: ReportProblem): Promise<LogExtent[]> {
    const found = await this.inner.extents(signal, report)
    const unknown: ReportProblem = (problem, about) => about ?? report?.(problem)
    const extents = await Promise.all(found.map((extent) => this.narrow(extent, signal, unknown)))
    return extents.filter((extent) => extent !== null)
  }

  async list(hours: Hours, signal: AbortSignal, report?: ReportProblem): Promise<Blob[]> {
    return this.permitted(await this.inner.list(hours, signal, report), signal, report)
  }

  refresh(): void {
    this.inner.refresh()
  }

  async open(blob: Blob, options: { growing: boolean; signal: AbortSignal }): Promise<Reading> {
    return this.guard(blob, await this.noticing(blob, this.inner.open(blob, options)))
  }

  permittedUntil(blobs: readonly Blob[]): number {
    return this.rights.until(blobs)
  }

  private async permitted(listed: readonly Blob[], signal: AbortSignal, report?: ReportProblem): Promise<Blob[]> {
    const { allowed, refused, unknown } = await this.rights.sort(listed, signal)
    if (refused.length > 0)
      report?.(new Problem('denied', `${this.name}: ${refused.length} blobs may not be read with your rights`, { where: this.id }), {
        denied: refused,
      })
    if (unknown !== null) report?.(unknown.problem)
    return allowed
  }

  /** Limits an extent to the first and last day that may be read, as far as its first and newest days show. The NICs are those of the newest readable day. */
  private async narrow(extent: LogExtent, signal: AbortSignal, report: ReportProblem): Promise<LogExtent | null> {
    const newest = await this.newestDay(extent, signal, report)
    const seen = extentsOf(newest)[0]
    if (seen === undefined) return null
    const oldest = await this.among(extent, { first: extent.first, last: floorTo(extent.first, DAY) + DAY - HOUR }, signal, report)
    return { ...seen, first: Math.min(seen.first, ...oldest.map(({ hour }) => hour!)) }
  }

  private async newestDay(extent: LogExtent, signal: AbortSignal, report: ReportProblem): Promise<Blob[]> {
    const day = floorTo(extent.last, DAY)
    const newest = await this.among(extent, { first: day, last: extent.last }, signal, report)
    if (newest.length > 0 || extent.first >= day) return newest
    const before = await this.among(extent, { first: Math.max(extent.first, day - BACK), last: day - HOUR }, signal, report)
    const last = before.reduce((most, { hour }) => Math.max(most, hour!), 0)
    return before.filter(({ hour }) => floorTo(hour!, DAY) === floorTo(last, DAY))
  }

  /** Returns the blobs of one log that may be read. */
  private async among({ container, scope }: LogExtent, hours: Hours, signal: AbortSignal, report: ReportProblem): Promise<Blob[]> {
    const listed = await this.inner.list(hours, signal)
    const own = listed.filter((blob) => blob.hour !== null && blob.container === container && blob.scope === scope)
    return this.permitted(own, signal, report)
  }

  private async noticing<T>(blob: Blob, work: Promise<T>): Promise<T> {
    try {
      return await work
    } catch (error) {
      if (error instanceof Problem && error.kind === 'denied') this.rights.refuse(blob)
      throw error
    }
  }

  private guard(blob: Blob, reading: Reading): Reading {
    const rights = this.rights
    return {
      etag: reading.etag,
      get length() {
        return reading.length
      },
      border: (count) => reading.border(count),
      mark: (end, signal) => this.noticing(blob, reading.mark(end, signal)),
      continues: (mark, end, signal) => this.noticing(blob, reading.continues(mark, end, signal)),
      stored: (signal) => this.noticing(blob, reading.stored?.(signal) ?? Promise.resolve(null)),
      async *read(from, to, signal) {
        try {
          yield* reading.read(from, to, signal)
        } catch (error) {
          if (error instanceof Problem && error.kind === 'denied') rights.refuse(blob)
          throw error
        }
      },
    }
  }
}
