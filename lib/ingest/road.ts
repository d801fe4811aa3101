import 'server-only'
import { availableParallelism } from 'node:os'
import { setTimeout } from 'node:timers/promises'
import type { Coverage, CoverageProblem, Log, Progress } from '@/lib/flow/answers'
import type { Blob, Extent } from '@/lib/flow/blob'
import { HOUR } from '@/lib/flow/bucket'
import type { Cell } from '@/lib/flow/coverage-answer'
import type { HolesAnswer } from '@/lib/flow/holes-answer'
import type { Piece } from '@/lib/flow/piece'
import { Problem } from '@/lib/flow/problem'
import type { View } from '@/lib/flow/view'
import type { Report, Source } from '@/lib/source/source'
import type { Store } from '@/lib/store/store'
import { coverageCells } from './cells'
import { Conveyor } from './conveyor'
import { holesOf } from './holes'
import { describeLogs } from './logs'
import type { Facts, Scope } from './place'
import { goneOf, hoursOf, type Need, needsOf } from './plan'
import { ParsePool } from './pool'
import { type RawTuple, readRaw } from './raw'
import { Rejections, toProblem } from './rejections'
import { KEPT, Retention } from './retention'
import { type ParseThread, startThread } from './thread'
import { type Claim, type Finding, type VerifyOptions, verifyAll } from './verify'

/** Problems named one by one in an answer; the rest is summed up. */
const NAMED_PROBLEMS = 200
/** A source that failed is not asked again before this has passed. Milliseconds. */
const RETRY_AFTER = 3000
/** Sources are not told to look again before this has passed. Milliseconds. */
const REFRESH_AFTER = 5000

/** What a range rests on: the blobs it needs, and the sources that could not say, or not all. */
export interface Survey {
  needs: Need[]
  failed: { source: Source; problem: Problem }[]
}

/** The road from the sources to the store: what there is, what a range needs, and getting it. */
export class Road {
  private readonly byId: ReadonlyMap<string, Source>
  private readonly conveyor: Conveyor
  private readonly rejections: Rejections
  private readonly retention: Retention
  private trimming: NodeJS.Timeout | null = null
  private readonly trouble = new Map<string, { problem: Problem; at: number }>()
  private pool: ParsePool | null = null
  private closed = false
  private refreshed = Number.NEGATIVE_INFINITY

  constructor(
    readonly store: Store,
    readonly sources: readonly Source[],
    private readonly options: {
      threads?: number
      start?: () => ParseThread
      now?: () => number
      limit?: number
      warn?: (message: string) => void
    } = {},
  ) {
    this.byId = new Map(sources.map((source) => [source.id, source]))
    this.conveyor = new Conveyor(store, this.byId, () => this.parsers(), options.now)
    this.rejections = new Rejections(store)
    this.retention = new Retention(store, options.limit ?? Number.POSITIVE_INFINITY, options.now)
  }

  private parsers(): ParsePool {
    if (this.pool === null || (this.pool.failed && !this.closed)) {
      const { threads = availableParallelism(), start = startThread } = this.options
      this.pool = new ParsePool(this.store, threads, start, () => this.conveyor.hasMore())
    }
    return this.pool
  }

  /** Gets ready before anybody asks. */
  warmUp(): void {
    this.parsers().warmUp()
  }

  /**
   * Every flow log of every source that answers, by path; the others as problems. With `patience` (milliseconds) a source that takes longer counts
   * as one of them.
   */
  async extents(signal: AbortSignal, patience?: number): Promise<{ extents: Extent[]; failed: Survey['failed'] }> {
    const { results, failed } = await this.everywhere(signal, (source, report) => {
      const extents = source.extents(signal, report)
      return patience === undefined ? extents : Promise.race([extents, tooSlow(source, patience)])
    })
    return { extents: results.flat(), failed }
  }

  /** End of the newest hour that holds data (epoch milliseconds), or null when there is none. */
  async newest(signal: AbortSignal, wait: boolean): Promise<number | null> {
    const { extents } = await this.extents(signal)
    const files = await this.loose(signal, wait)
    const ends = extents.map((extent) => extent.last + HOUR)
    for (const file of files) {
      const last = this.store.blobs().get(file.id)?.last
      if (last != null) ends.push(Math.floor(last / HOUR) * HOUR + HOUR)
    }
    return ends.length === 0 ? null : ends.reduce((a, b) => Math.max(a, b))
  }

  /** Loose files tell their times and logs only once they have been read, which `wait` does first. */
  private async loose(signal: AbortSignal, wait: boolean): Promise<Blob[]> {
    const { results } = await this.everywhere(signal, (source, report) => source.list({ first: 0, last: -1 }, signal, report))
    const files = results.flat().filter((blob) => blob.hour === null)
    if (wait) await this.conveyor.fetch(needsOf(files, 0, 0), signal)
    return files
  }

  /** What the range needs, with blobs that are gone from their source forgotten. */
  async survey(view: Pick<View, 'from' | 'to'>, signal: AbortSignal): Promise<Survey> {
    const hours = hoursOf(view.from, view.to)
    const { listed, failed } = await this.listed(view, signal)
    const answered = new Set(this.sources.filter((source) => !failed.some((one) => one.source === source)).map((source) => source.id))
    const forget = goneOf(this.store.blobs().values(), listed, answered, hours)
    if (forget.length > 0) await this.store.append({ parts: [], blobs: [], forget, pieces: [], groups: [], rejections: [] })
    return { needs: needsOf(listed, view.from, view.to), failed }
  }

  /**
   * The same, but all that was counted stays as it is: blobs that are gone are not forgotten, and those that were written since they were counted are
   * among `needs`, but not among `unread`, which may be fetched without changing a row that counts.
   */
  async surveyCounted(view: Pick<View, 'from' | 'to'>, signal: AbortSignal): Promise<Survey & { unread: Need[] }> {
    const { listed, failed } = await this.listed(view, signal)
    const needs = needsOf(listed, view.from, view.to)
    const unread = needs.filter(({ blob }) => (this.store.blobs().get(blob.id)?.etag ?? blob.etag) === blob.etag)
    return { needs, failed, unread }
  }

  private async listed(view: Pick<View, 'from' | 'to'>, signal: AbortSignal): Promise<{ listed: Blob[]; failed: Survey['failed'] }> {
    const hours = hoursOf(view.from, view.to)
    const [{ results, failed }] = await Promise.all([
      this.everywhere(signal, (source, report) => source.list(hours, signal, report)),
      this.store.refresh(),
    ])
    return { listed: results.flat(), failed }
  }

  /** Reads what the survey misses. Resolves when that is done or has failed; rejects when the signal aborts or the store fails. */
  async fetch(survey: Survey, signal: AbortSignal): Promise<void> {
    const blobs = survey.needs.map(({ blob }) => blob.id)
    this.retention.touch(blobs)
    try {
      await this.conveyor.fetch(survey.needs, signal)
    } finally {
      this.retention.touch(blobs)
      void this.trim()
    }
  }

  /** Holds the store to its size, again later where what is asked for now is too much. */
  private async trim(): Promise<void> {
    const { limit, warn } = this.options
    if (limit === undefined || this.closed) return
    try {
      if (!(await this.retention.trim()) || this.closed) return
      this.trimming ??= globalThis.setTimeout(() => {
        this.trimming = null
        void this.trim()
      }, KEPT)
      this.trimming.unref()
    } catch (error) {
      warn?.(`Store could not be held to its size: ${error instanceof Error ? error.message : String(error)}`)
    }
  }

  private isMet(need: Need): boolean {
    return this.conveyor.isMet(need)
  }

  /** Asks the sources, without reading, where the heads of the survey end: `progress` is exact after that; see `bytesOf`. */
  measure(survey: Survey, signal: AbortSignal): Promise<void> {
    return this.conveyor.measure(survey.needs, signal)
  }

  /** How far the reading of a survey has come; `left` is for the asker to estimate. */
  progress(survey: Survey): Progress {
    const progress: Progress = { blobs: 0, blobsRead: 0, bytes: 0, bytesRead: 0, tuples: 0, malformed: 0, left: null, done: false }
    for (const need of survey.needs) {
      const state = this.store.blobs().get(need.blob.id)
      const met = this.isMet(need)
      const { bytes, here } = this.conveyor.sizeOf(need)
      const underway = this.conveyor.underway(need.blob.id)
      progress.blobs++
      progress.bytes += bytes
      progress.blobsRead += met ? 1 : 0
      progress.bytesRead += here
      progress.tuples += underway?.tuples ?? state?.tuples ?? 0
    }
    return progress
  }

  /** Every flow log that paths, loose files (which `wait` reads first) or records read so far tell of. */
  async logs(signal: AbortSignal, wait: boolean): Promise<{ logs: Log[]; failed: Survey['failed']; problems: CoverageProblem[] }> {
    const { extents, failed } = await this.extents(signal)
    if (wait) await this.loose(signal, true)
    const logs = await describeLogs(this.store, this.sources, extents, signal)
    return { logs, failed, problems: failed.map(({ source, problem }) => sourceProblem(source, problem)) }
  }

  /** The next survey looks at the blobs again, whatever sources remember of them; no more often than every few seconds. */
  refresh(): void {
    const now = this.now()
    if (now - this.refreshed < REFRESH_AFTER) return
    this.refreshed = now
    for (const source of this.sources) source.refresh()
  }

  /** Blobs that the survey needs and that have not been read as far as it needs them. */
  unread(survey: Survey): Blob[] {
    return survey.needs.flatMap((need) => (this.isMet(need) ? [] : [need.blob]))
  }

  private async facts(): Promise<(need: Need) => Facts> {
    const rejected = await this.rejections.of()
    return (need) => ({
      state: this.store.blobs().get(need.blob.id),
      met: this.isMet(need),
      failed: this.conveyor.failure(need.blob.id) !== null,
      rejected: (rejected.get(need.blob.id) ?? []).reduce((sum, { what, count }) => sum + (what === 'warning' ? 0 : count), 0),
    })
  }

  private now(): number {
    return (this.options.now ?? Date.now)()
  }

  /** The grid of hour × log × network card over the survey. */
  async cells({ needs }: Survey, scope: Scope): Promise<Cell[]> {
    return coverageCells(needs, scope, await this.facts(), this.now())
  }

  /** What is missing of the survey, or may still come. */
  async holes({ needs, failed }: Survey, scope: Scope): Promise<Pick<HolesAnswer, 'cards' | 'unlisted' | 'spans'>> {
    const unlisted = [...new Set(failed.map(({ source }) => source.name))]
    return { unlisted, ...holesOf(needs, scope, await this.facts(), this.now()) }
  }

  /** One tuple as written; see `readRaw`. */
  raw(id: { blob: number; offset: number }, pieces: readonly Piece[], signal: AbortSignal): Promise<RawTuple> {
    return readRaw(this.store, this.sources, id, pieces, signal)
  }

  /** What the sources have now of blobs that were counted; see `verifyAll`. */
  verify(claims: readonly Claim[], options: VerifyOptions, signal: AbortSignal): Promise<Finding[]> {
    return verifyAll(this.byId, claims, options, signal)
  }

  /** What an answer over the survey rests on, as of now. */
  async coverage(survey: Survey): Promise<Coverage> {
    const { blobs, blobsRead, bytes, bytesRead } = this.progress(survey)
    const rejected = await this.rejections.of()
    const problems: CoverageProblem[] = survey.failed.map(({ source, problem }) => sourceProblem(source, problem))
    let malformed = 0
    let tuples = 0
    for (const { blob } of survey.needs) {
      tuples += this.store.blobs().get(blob.id)?.tuples ?? 0
      const failure = this.conveyor.failure(blob.id)
      if (failure) problems.push(blobProblem(blob, failure))
      for (const row of rejected.get(blob.id) ?? []) {
        if (row.what !== 'warning') malformed += row.count
        problems.push(toProblem(blob, row))
      }
    }
    const complete = blobsRead === blobs && survey.failed.length === 0
    return { complete, blobs, blobsRead, bytes, bytesRead, tuples, malformed, problems: shorten(problems) }
  }

  async close(): Promise<void> {
    this.closed = true
    if (this.trimming) clearTimeout(this.trimming)
    await this.pool?.close()
    await this.store.close()
  }

  /** Asks every source; what fails, or is reported as missing from an answer, comes beside the answers. */
  private async everywhere<T>(
    signal: AbortSignal,
    ask: (source: Source, report: Report) => Promise<T>,
  ): Promise<{ results: T[]; failed: Survey['failed'] }> {
    const failed: Survey['failed'] = []
    const settled = await Promise.allSettled(
      this.sources.map((source) => this.oneSource(source, (asked) => ask(asked, (problem) => failed.push({ source, problem })))),
    )
    if (signal.aborted) throw new Problem('cancelled', 'Listing was cancelled')
    const results: T[] = []
    for (const [i, result] of settled.entries()) {
      if (result.status === 'fulfilled') results.push(result.value)
      else failed.push({ source: this.sources[i]!, problem: asProblem(this.sources[i]!, result.reason) })
    }
    return { results, failed }
  }

  private async oneSource<T>(source: Source, ask: (source: Source) => Promise<T>): Promise<T> {
    const trouble = this.trouble.get(source.id)
    if (trouble && this.now() - trouble.at < RETRY_AFTER) throw trouble.problem
    try {
      const result = await ask(source)
      this.trouble.delete(source.id)
      return result
    } catch (error) {
      const problem = asProblem(source, error)
      if (problem.kind !== 'cancelled' && problem.kind !== 'slow') this.trouble.set(source.id, { problem, at: this.now() })
      throw problem
    }
  }
}

async function tooSlow(source: Source, patience: number): Promise<never> {
  await setTimeout(patience, undefined, { ref: false })
  throw new Problem('slow', `${source.name} has not answered within ${patience / 1000} s`, { where: source.id })
}

function asProblem(source: Source, error: unknown): Problem {
  return error instanceof Problem ? error : new Problem('source', `Source ${source.name} failed`, { where: source.id, cause: error })
}

function sourceProblem(source: Source, problem: Problem): CoverageProblem {
  return {
    kind: 'source',
    message: problem.message,
    source: source.id,
    blob: null,
    reason: problem.kind,
    count: 1,
    offset: null,
    sample: null,
  }
}

function blobProblem(blob: Blob, problem: Problem): CoverageProblem {
  return {
    kind: 'blob',
    message: problem.message,
    source: blob.source,
    blob: blob.name,
    reason: problem.kind,
    count: 1,
    offset: null,
    sample: null,
  }
}

const WEIGHT = { source: 0, blob: 1, record: 2, tuple: 3, warning: 4 }

/** The gravest first; what does not fit is one last entry per kind. */
function shorten(problems: CoverageProblem[]): CoverageProblem[] {
  const sorted = problems.sort((a, b) => WEIGHT[a.kind] - WEIGHT[b.kind])
  const rest = sorted.slice(NAMED_PROBLEMS)
  const kinds = [...new Set(rest.map(({ kind }) => kind))]
  const sums = kinds.map((kind): CoverageProblem => {
    const these = rest.filter((problem) => problem.kind === kind)
    const count = these.reduce((sum, problem) => sum + problem.count, 0)
    const message = `${count} more in ${these.length} further entries of this kind`
    return { kind, message, source: null, blob: null, reason: 'more', count, offset: null, sample: null }
  })
  return [...sorted.slice(0, NAMED_PROBLEMS), ...sums]
}
