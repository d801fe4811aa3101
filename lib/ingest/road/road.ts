import 'server-only'
import { setTimeout } from 'node:timers/promises'
import { allRead } from '@/lib/flow/answer/all-read'
import type { Coverage, CoverageProblem } from '@/lib/flow/answer/answer'
import type { Cell } from '@/lib/flow/answer/read/coverage'
import type { HolesAnswer } from '@/lib/flow/answer/read/holes'
import type { Progress } from '@/lib/flow/answer/read/load'
import type { Log } from '@/lib/flow/answer/read/logs'
import { Problem } from '@/lib/flow/problem'
import type { Blob, LogExtent } from '@/lib/flow/reading/blob'
import type { Piece } from '@/lib/flow/reading/piece'
import { HOUR } from '@/lib/flow/time/bucket'
import { coverageCells } from '@/lib/ingest/coverage/cells'
import { holesOf } from '@/lib/ingest/coverage/holes'
import { describeLogs } from '@/lib/ingest/coverage/logs'
import type { CoverageView, Facts } from '@/lib/ingest/coverage/place'
import { asideProblem, passedProblems, rightsProblems, shorten, sourceProblem } from '@/lib/ingest/coverage/problems'
import { type Need, needsOf } from '@/lib/ingest/read/plan'
import { Reader } from '@/lib/ingest/read/reader'
import { isOtherLog, refusedOf } from '@/lib/ingest/read/rejections'
import { Works, type WorksOptions } from '@/lib/ingest/read/works'
import { type RawTuple, readRaw } from '@/lib/ingest/reread/raw'
import { type BlobFinding, type Claim, type VerifyOptions, verifyAll } from '@/lib/ingest/reread/verify'
import type { Source } from '@/lib/source/model/source'
import type { Store } from '@/lib/store/store'
import { Askers } from './askers'
import { Refusals } from './refusals'
import { CoverageSums } from './sums'
import { type Survey, type SurveyRange, Surveys } from './surveys'

export type { Survey, SurveyRange } from './surveys'

/** Sources refresh their listings at most this often. Milliseconds. */
const REFRESH_AFTER = 5000

/** A range without hours: sources list their loose files for any range. */
const LOOSE = { first: 0, last: -1 }

/** The road from the sources to the store: lists blobs, plans what a range needs, and reads it. */
export class Road {
  /** True if it shows only what one person may read. */
  readonly isPersonal: boolean
  private readonly works: Works
  private readonly reader: Reader
  private readonly askers: Askers
  private readonly surveys: Surveys
  private readonly sums: CoverageSums
  private readonly refusals: Refusals
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
    this.surveys = new Surveys(this.works, this.reader, this.askers, this.isPersonal)
    this.sums = new CoverageSums(this.works)
    this.refusals = new Refusals(this.works, this.sums, (need) => this.failure(need))
  }

  /** Returns the same road for one person: only the blobs of `sources` exist, but those already read for others are not read again. */
  for(sources: readonly Source[]): Road {
    return new Road(this.store, sources, this.works.options, { works: this.works })
  }

  /** Warms up the parse threads. */
  warmUp(): void {
    this.works.warmUp()
  }

  /**
   * Returns every flow log of every source that answers, by path, and the failures of the others. With `patience` (milliseconds), a source that takes longer
   * counts as failed.
   */
  async extents(signal: AbortSignal, patience?: number): Promise<{ extents: LogExtent[]; failed: Survey['failed'] }> {
    const { results, failed } = await this.askers.all(signal, (source, report, own) => {
      const extents = source.extents(own, report)
      return patience === undefined ? extents : Promise.race([extents, tooSlow(source, patience)])
    })
    return { extents: results.flat(), failed }
  }

  /** Returns the end of the newest hour that holds data, or null if there is none. Future hours count only if there are no others. Epoch milliseconds. */
  async newest(signal: AbortSignal, wait: boolean): Promise<number | null> {
    const { extents } = await this.extents(signal)
    const files = await this.loose(signal, wait)
    const ends = extents.map((extent) => extent.last + HOUR)
    for (const file of files) {
      const last = this.store.blobs().get(file.id)?.last
      if (last != null) ends.push(Math.floor(last / HOUR) * HOUR + HOUR)
    }
    const known = ends.filter((end) => end <= this.now() + 24 * HOUR)
    const newest = (all: number[]) => all.reduce((a, b) => Math.max(a, b))
    return ends.length === 0 ? null : newest(known.length > 0 ? known : ends)
  }

  /** Times and logs of loose files are known only after reading them, which `wait` does first. */
  private async loose(signal: AbortSignal, wait: boolean): Promise<Blob[]> {
    const { results } = await this.askers.all(signal, (source, report, own) => this.surveys.list(source, LOOSE, own, report))
    const files = results.flat().filter((blob) => blob.hour === null)
    if (wait) await this.works.conveyor.fetch(needsOf(files, 0, 0), this.reader, signal)
    return files
  }

  /** The basis of the range. Deletes stored blobs that are gone from their source; a blob that one person cannot see is not gone. */
  survey(view: SurveyRange, signal: AbortSignal): Promise<Survey> {
    return this.surveys.survey(view, signal)
  }

  /**
   * Like `survey`, but keeps all counted data: deleted blobs stay, and changed blobs are in `needs` but not in `unread`, which can be fetched without changing
   * a counted row.
   */
  surveyCounted(view: SurveyRange, signal: AbortSignal): Promise<Survey & { unread: Need[] }> {
    return this.surveys.surveyCounted(view, signal)
  }

  /** True if rights must be checked again before more of the survey is revealed: they are old, or storage has since refused one of its blobs. */
  isStale({ needs }: Survey): boolean {
    const refused = needs.some(({ blob }) => this.reader.failure(blob.id)?.kind === 'denied')
    return this.isPersonal && (refused || this.now() >= this.holdsUntil(needs))
  }

  private holdsUntil(needs: readonly Need[]): number {
    const times = this.sources.map((source) => {
      const own = needs.flatMap(({ blob }) => (blob.source === source.id ? [blob] : []))
      return source.permittedUntil?.(own) ?? Number.POSITIVE_INFINITY
    })
    return Math.min(...times, Number.POSITIVE_INFINITY)
  }

  /** True if this road shows a stored blob. For one person, a blob that cannot be listed now is not shown. */
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
      await conveyor.fetch(this.sums.of(survey.needs).whole ? [] : survey.needs, this.reader, signal)
    } finally {
      retention.touch(blobs)
      void this.works.trim()
    }
  }

  /** Returns the failure of this reader to read a blob that nobody else has read in the meantime. */
  private failure(need: Need): Problem | null {
    return this.isMet(need) ? null : this.reader.failure(need.blob.id)
  }

  private isMet(need: Need): boolean {
    return this.works.conveyor.isMet(need)
  }

  /** Asks the sources, without reading, where the survey's heads end; then `progress` is exact. See `bytesOf`. */
  measure(survey: Survey, signal: AbortSignal): Promise<void> {
    return this.works.conveyor.measure(survey.needs, this.reader, signal)
  }

  /** Progress of reading a survey; the caller estimates `left`. */
  progress(survey: Pick<Survey, 'needs'>): Progress {
    const { whole: _, ...sums } = this.sums.of(survey.needs)
    return { ...sums, malformed: 0, left: null, done: false }
  }

  /** Every flow log that paths, loose files (which `wait` reads first) or stored records mention. */
  async logs(signal: AbortSignal, wait: boolean): Promise<{ logs: Log[]; failed: Survey['failed']; problems: CoverageProblem[] }> {
    const { extents, failed } = await this.extents(signal)
    const files = wait || this.isPersonal ? await this.loose(signal, wait) : []
    const known = this.isPersonal ? files.map(({ id }) => id) : null
    const logs = await describeLogs(this.store, this.sources, extents, known, signal)
    return { logs, failed, problems: failed.map((one) => sourceProblem(one, this.isPersonal)) }
  }

  /** Makes the next survey list the blobs again; limited to once every few seconds. */
  refresh(): void {
    const now = this.now()
    if (now - this.refreshed < REFRESH_AFTER) return
    this.refreshed = now
    for (const source of this.sources) source.refresh()
  }

  /** Blobs of the survey that have not been read as far as it needs them. */
  unread(survey: Survey): Blob[] {
    return survey.needs.flatMap((need) => (this.isMet(need) ? [] : [need.blob]))
  }

  private async facts(): Promise<(need: Need) => Facts> {
    const all = await this.works.rejections.of()
    return (need) => {
      const state = this.store.blobs().get(need.blob.id)
      const met = this.isMet(need)
      const rejected = refusedOf(all.get(need.blob.id))
      const lost = met && state?.records === 0 && rejected > 0 && !isOtherLog(need.blob, state, all.get(need.blob.id))
      return { state, met, failed: this.failure(need) !== null, rejected, lost }
    }
  }

  private now(): number {
    return (this.options.now ?? Date.now)()
  }

  /** The grid of hour × log × NIC over the survey. */
  async cells({ needs, denied }: Survey, scope: CoverageView): Promise<Cell[]> {
    return coverageCells(needs, scope, await this.facts(), this.now(), denied)
  }

  /** Returns the data that the survey lacks or may still get. */
  async holes(
    { needs, failed, denied }: Survey,
    scope: CoverageView,
  ): Promise<Pick<HolesAnswer, 'cards' | 'unlisted' | 'silences' | 'spans'>> {
    const unlisted = [...new Set(failed.map(({ source }) => source.name))]
    return { unlisted, ...holesOf(needs, scope, await this.facts(), this.now(), denied) }
  }

  /** Returns one tuple as written; see `readRaw`. */
  raw(id: { blob: number; offset: number }, pieces: readonly Piece[], signal: AbortSignal): Promise<RawTuple> {
    return readRaw(this.store, this.sources, id, pieces, signal)
  }

  /** Returns the present state of counted blobs; see `verifyAll`. */
  verify(claims: readonly Claim[], options: VerifyOptions, signal: AbortSignal): Promise<BlobFinding[]> {
    return verifyAll(this.reader.sources, claims, options, signal)
  }

  /** The current coverage of an answer over the survey. */
  async coverage(survey: Survey): Promise<Coverage> {
    const read = this.progress(survey)
    const kept = survey.kept.flatMap((id) => this.store.blobs().get(id) ?? [])
    const keptBytes = kept.reduce((sum, { resume }) => sum + resume, 0)
    const [blobs, blobsRead] = [read.blobs + kept.length, read.blobsRead + kept.length]
    const [bytes, bytesRead] = [read.bytes + keptBytes, read.bytesRead + keptBytes]
    const { problems: refusals, malformed, tuples, isWhole } = await this.refusals.of(survey.needs)
    const problems: CoverageProblem[] = [
      ...rightsProblems(survey.denied),
      ...survey.failed.map((one) => sourceProblem(one, this.isPersonal)),
      ...passedProblems(survey.passed),
      ...survey.aside.map(asideProblem),
      ...refusals,
    ]
    const complete =
      isWhole &&
      blobsRead === blobs &&
      survey.failed.length === 0 &&
      survey.denied.length === 0 &&
      !survey.passed.some(({ passed }) => passed.grade === 'missing')
    const keptTuples = kept.reduce((sum, state) => sum + state.tuples, 0)
    return { complete, blobs, blobsRead, bytes, bytesRead, tuples: tuples + keptTuples, malformed, problems: shorten(problems) }
  }

  /**
   * Returns the answer of `ask`, and a coverage that its rows certainly reach. Blobs that are read during the query may be missing from the answer, so the
   * coverage from before applies, unless all blobs had been read; then the coverage from after the query applies, in case rows were lost.
   */
  async covered<T>(survey: Survey, ask: () => Promise<T>): Promise<{ answer: T; coverage: Coverage }> {
    const before = await this.coverage(survey)
    const answer = await ask()
    const after = await this.coverage(survey)
    // No answer counts more tuples than its coverage.
    return { answer, coverage: allRead(before) ? after : { ...before, tuples: Math.max(before.tuples, after.tuples) } }
  }

  async close(): Promise<void> {
    await this.works.close()
  }
}

async function tooSlow(source: Source, patience: number): Promise<never> {
  await setTimeout(patience, undefined, { ref: false })
  throw new Problem('slow', `${source.name} has not answered within ${patience / 1000} s`, { where: source.id })
}
