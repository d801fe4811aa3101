import 'server-only'
import { setTimeout } from 'node:timers/promises'
import type { Coverage, CoverageProblem, Log, Progress } from '@/lib/flow/answers'
import type { Blob, Extent } from '@/lib/flow/blob'
import { HOUR } from '@/lib/flow/bucket'
import type { Cell } from '@/lib/flow/coverage-answer'
import type { HolesAnswer } from '@/lib/flow/holes-answer'
import { describeLog } from '@/lib/flow/log'
import type { Piece } from '@/lib/flow/piece'
import { Problem } from '@/lib/flow/problem'
import type { View } from '@/lib/flow/view'
import type { Source } from '@/lib/source/source'
import type { Store } from '@/lib/store/store'
import { Askers, type Omissions } from './askers'
import { coverageCells } from './cells'
import { blobProblem, rightsProblems, shorten, sourceProblem } from './coverage-problems'
import { holesOf } from './holes'
import { describeLogs } from './logs'
import type { Facts, Scope } from './place'
import { goneOf, hoursOf, type Need, needsOf } from './plan'
import { type RawTuple, readRaw } from './raw'
import { Reader } from './reader'
import { toProblem } from './rejections'
import { type Claim, type Finding, type VerifyOptions, verifyAll } from './verify'
import { Works, type WorksOptions } from './works'

/** Sources are not told to look again before this has passed. Milliseconds. */
const REFRESH_AFTER = 5000

/** No hour at all: every source lists its loose files whatever the hours. */
const LOOSE = { first: 0, last: -1 }

/** What decides what a survey is about; `logs` are those that blobs which may not be read are told of, all where there are none. */
export type SurveyRange = Pick<View, 'from' | 'to'> & { logs?: readonly string[] }

/** What a range rests on: the blobs it needs, and the sources that could not say, or not all. */
export interface Survey extends Omissions {
  needs: Need[]
}

/** The road from the sources to the store: what there is, what a range needs, and getting it. */
export class Road {
  /** Whether it shows only what one person may read. */
  readonly isPersonal: boolean
  private readonly works: Works
  private readonly reader: Reader
  private readonly askers: Askers
  private refreshed = Number.NEGATIVE_INFINITY

  constructor(
    readonly store: Store,
    readonly sources: readonly Source[],
    private readonly options: WorksOptions = {},
    shared?: { works: Works },
  ) {
    this.isPersonal = shared !== undefined
    this.works = shared?.works ?? new Works(store, options)
    this.askers = new Askers(sources, () => this.now())
    this.reader = new Reader(new Map(sources.map((source) => [source.id, source])))
  }

  /** The same road for one person: what `sources` show is all there is, though what was read for others need not be read again. */
  for(sources: readonly Source[]): Road {
    return new Road(this.store, sources, this.works.options, { works: this.works })
  }

  /** Gets ready before anybody asks. */
  warmUp(): void {
    this.works.warmUp()
  }

  /**
   * Every flow log of every source that answers, by path; the others as problems. With `patience` (milliseconds) a source that takes longer counts
   * as one of them.
   */
  async extents(signal: AbortSignal, patience?: number): Promise<{ extents: Extent[]; failed: Survey['failed'] }> {
    const { results, failed } = await this.askers.all(signal, (source, report) => {
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
    const { results } = await this.askers.all(signal, (source, report) => source.list(LOOSE, signal, report))
    const files = results.flat().filter((blob) => blob.hour === null)
    if (wait) await this.works.conveyor.fetch(needsOf(files, 0, 0), this.reader, signal)
    return files
  }

  /** What the range needs, with blobs that are gone from their source forgotten: what one person does not see is not gone. */
  async survey(view: SurveyRange, signal: AbortSignal): Promise<Survey> {
    const hours = hoursOf(view.from, view.to)
    const { listed, ...found } = await this.listed(view, signal)
    const { failed } = found
    const needs = needsOf(listed, view.from, view.to)
    if (this.isPersonal) return { needs, ...found }
    const answered = new Set(this.sources.filter((source) => !failed.some((one) => one.source === source)).map((source) => source.id))
    const forget = goneOf(this.store.blobs().values(), listed, answered, hours)
    if (forget.length > 0) await this.store.append({ parts: [], blobs: [], forget, pieces: [], groups: [], rejections: [] })
    return { needs, ...found }
  }

  /**
   * The same, but all that was counted stays as it is: blobs that are gone are not forgotten, and those that were written since they were counted are
   * among `needs`, but not among `unread`, which may be fetched without changing a row that counts.
   */
  async surveyCounted(view: SurveyRange, signal: AbortSignal): Promise<Survey & { unread: Need[] }> {
    const { listed, ...found } = await this.listed(view, signal)
    const needs = needsOf(listed, view.from, view.to)
    const unread = needs.filter(({ blob }) => (this.store.blobs().get(blob.id)?.etag ?? blob.etag) === blob.etag)
    return { needs, ...found, unread }
  }

  private async listed(view: SurveyRange, signal: AbortSignal): Promise<Omissions & { listed: Blob[] }> {
    const hours = hoursOf(view.from, view.to)
    const [{ results, failed, denied }] = await Promise.all([
      this.askers.all(signal, (source, report) => source.list(hours, signal, report)),
      this.store.refresh(),
    ])
    const { logs = [] } = view
    for (const blob of results.flat()) this.forgetRefusal(blob)
    const isAsked = (blob: Blob) => logs.length === 0 || blob.scope === null || logs.includes(describeLog(blob.source, blob.scope).id)
    return { listed: results.flat(), failed, denied: denied.filter(isAsked) }
  }

  /** Whether rights have to be asked for again before anything more is told of the survey: they are old, or storage refused one of its blobs since. */
  isStale({ needs }: Survey): boolean {
    const refused = needs.some(({ blob }) => this.reader.failure(blob.id)?.kind === 'denied')
    return this.isPersonal && (refused || this.now() >= this.holdsUntil(needs))
  }

  /** What is listed with somebody's rights may be read: an earlier refusal is over. */
  private forgetRefusal({ id, source }: Blob): void {
    if (this.reader.failure(id)?.kind === 'denied' && this.reader.sources.get(source)?.permittedUntil) this.reader.failed.delete(id)
  }

  private holdsUntil(needs: readonly Need[]): number {
    const times = this.sources.map((source) => {
      const own = needs.flatMap(({ blob }) => (blob.source === source.id ? [blob] : []))
      return source.permittedUntil?.(own) ?? Number.POSITIVE_INFINITY
    })
    return Math.min(...times, Number.POSITIVE_INFINITY)
  }

  /** Whether this road shows a blob that has been read. For one person, what cannot be listed now is not shown. */
  async shows(blob: Blob, signal: AbortSignal): Promise<boolean> {
    const source = this.reader.sources.get(blob.source)
    if (!this.isPersonal || !source) return source !== undefined
    const hours = blob.hour === null ? LOOSE : { first: blob.hour, last: blob.hour }
    try {
      return (await source.list(hours, signal)).some(({ id }) => id === blob.id)
    } catch (error) {
      if (!(error instanceof Problem) || error.kind === 'cancelled' || error.kind === 'signin') throw error
      return false
    }
  }

  /** Reads what the survey misses. Resolves when that is done or has failed; rejects when the signal aborts or the store fails. */
  async fetch(survey: Survey, signal: AbortSignal): Promise<void> {
    const blobs = survey.needs.map(({ blob }) => blob.id)
    const { conveyor, retention } = this.works
    retention.touch(blobs)
    try {
      await conveyor.fetch(survey.needs, this.reader, signal)
    } finally {
      retention.touch(blobs)
      void this.works.trim()
    }
  }

  /** Why this reader did not get what another may have got meanwhile. */
  private failure(need: Need): Problem | null {
    return this.isMet(need) ? null : this.reader.failure(need.blob.id)
  }

  private isMet(need: Need): boolean {
    return this.works.conveyor.isMet(need)
  }

  /** Asks the sources, without reading, where the heads of the survey end: `progress` is exact after that; see `bytesOf`. */
  measure(survey: Survey, signal: AbortSignal): Promise<void> {
    return this.works.conveyor.measure(survey.needs, this.reader, signal)
  }

  /** How far the reading of a survey has come; `left` is for the asker to estimate. */
  progress(survey: Survey): Progress {
    const progress: Progress = { blobs: 0, blobsRead: 0, bytes: 0, bytesRead: 0, tuples: 0, malformed: 0, left: null, done: false }
    for (const need of survey.needs) {
      const state = this.store.blobs().get(need.blob.id)
      const met = this.isMet(need)
      const { bytes, here } = this.works.conveyor.sizeOf(need)
      const underway = this.works.conveyor.underway(need.blob.id)
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
    const files = wait || this.isPersonal ? await this.loose(signal, wait) : []
    const known = this.isPersonal ? files.map(({ id }) => id) : null
    const logs = await describeLogs(this.store, this.sources, extents, known, signal)
    return { logs, failed, problems: failed.map((one) => sourceProblem(one, this.isPersonal)) }
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
    const rejected = await this.works.rejections.of()
    return (need) => ({
      state: this.store.blobs().get(need.blob.id),
      met: this.isMet(need),
      failed: this.failure(need) !== null,
      rejected: (rejected.get(need.blob.id) ?? []).reduce((sum, { what, count }) => sum + (what === 'warning' ? 0 : count), 0),
    })
  }

  private now(): number {
    return (this.options.now ?? Date.now)()
  }

  /** The grid of hour × log × network card over the survey. */
  async cells({ needs, denied }: Survey, scope: Scope): Promise<Cell[]> {
    return coverageCells(needs, scope, await this.facts(), this.now(), denied)
  }

  /** What is missing of the survey, or may still come. */
  async holes({ needs, failed, denied }: Survey, scope: Scope): Promise<Pick<HolesAnswer, 'cards' | 'unlisted' | 'spans'>> {
    const unlisted = [...new Set(failed.map(({ source }) => source.name))]
    return { unlisted, ...holesOf(needs, scope, await this.facts(), this.now(), denied) }
  }

  /** One tuple as written; see `readRaw`. */
  raw(id: { blob: number; offset: number }, pieces: readonly Piece[], signal: AbortSignal): Promise<RawTuple> {
    return readRaw(this.store, this.sources, id, pieces, signal)
  }

  /** What the sources have now of blobs that were counted; see `verifyAll`. */
  verify(claims: readonly Claim[], options: VerifyOptions, signal: AbortSignal): Promise<Finding[]> {
    return verifyAll(this.reader.sources, claims, options, signal)
  }

  /** What an answer over the survey rests on, as of now. */
  async coverage(survey: Survey): Promise<Coverage> {
    const { blobs, blobsRead, bytes, bytesRead } = this.progress(survey)
    const rejected = await this.works.rejections.of()
    const problems: CoverageProblem[] = [
      ...rightsProblems(survey.denied),
      ...survey.failed.map((one) => sourceProblem(one, this.isPersonal)),
    ]
    let malformed = 0
    let tuples = 0
    for (const need of survey.needs) {
      const { blob } = need
      tuples += this.store.blobs().get(blob.id)?.tuples ?? 0
      const failure = this.failure(need)
      if (failure) problems.push(blobProblem(blob, failure))
      for (const row of rejected.get(blob.id) ?? []) {
        if (row.what !== 'warning') malformed += row.count
        problems.push(toProblem(blob, row))
      }
    }
    const complete = blobsRead === blobs && survey.failed.length === 0 && survey.denied.length === 0
    return { complete, blobs, blobsRead, bytes, bytesRead, tuples, malformed, problems: shorten(problems) }
  }

  async close(): Promise<void> {
    await this.works.close()
  }
}

async function tooSlow(source: Source, patience: number): Promise<never> {
  await setTimeout(patience, undefined, { ref: false })
  throw new Problem('slow', `${source.name} has not answered within ${patience / 1000} s`, { where: source.id })
}
