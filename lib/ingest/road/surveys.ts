import type { Blob } from '@/lib/flow/reading/blob'
import { describeLog } from '@/lib/flow/tuple/log'
import type { View } from '@/lib/flow/view/view'
import { goneOf, hoursOf, keptOf, type Need } from '@/lib/ingest/read/plan'
import type { Reader } from '@/lib/ingest/read/reader'
import { withoutHour } from '@/lib/ingest/read/strayed'
import type { Works } from '@/lib/ingest/read/works'
import type { ReportProblem, Source } from '@/lib/source/model/source'
import type { Askers, Omissions } from './askers'
import { Plans } from './plans'

/** The part of a view that a survey needs. `logs` selects the unreadable blobs to report; all if empty. */
export type SurveyRange = Pick<View, 'from' | 'to'> & { logs?: readonly string[] }

/** The basis of a range: the blobs that it needs, and the sources that could not answer completely. */
export interface Survey extends Omissions {
  needs: Need[]
  /** Blobs (Blob.id) of sources that failed, read before and still counted. */
  kept: number[]
}

/** Lists the sources of a road for ranges, and determines the blobs that these need. */
export class Surveys {
  private readonly plans = new Plans()
  /** Store.revision at which nothing stored was missing from the listings of a plan. */
  private readonly cleared = new WeakMap<readonly Need[], number>()

  constructor(
    private readonly works: Works,
    private readonly reader: Reader,
    private readonly askers: Askers,
    private readonly isPersonal: boolean,
  ) {}

  /** See `Road.survey`. */
  async survey(view: SurveyRange, signal: AbortSignal): Promise<Survey> {
    const { store, known } = this.works
    const { listings, ...found } = await this.listed(view, signal)
    const { failed } = found
    const needs = this.plans.needs(listings, view)
    if (this.isPersonal || (failed.length === 0 && this.cleared.get(needs) === store.revision)) return { needs, ...found }
    const silent = new Set(failed.map(({ source }) => source.id))
    const answered = new Set([...this.reader.sources.keys()].filter((id) => !silent.has(id)))
    const hours = hoursOf(view.from, view.to)
    const forget = goneOf(known.within(hours), listings.flat(), answered, hours)
    if (forget.length > 0) await store.append({ parts: [], blobs: [], forget, pieces: [], groups: [], rejections: [] })
    else if (failed.length === 0) this.cleared.set(needs, store.revision)
    return { needs, ...found }
  }

  /** See `Road.surveyCounted`. */
  async surveyCounted(view: SurveyRange, signal: AbortSignal): Promise<Survey & { unread: Need[] }> {
    const { listings, ...found } = await this.listed(view, signal)
    const needs = this.plans.needs(listings, view)
    const blobs = this.works.store.blobs()
    const unread = needs.filter(({ blob }) => (blobs.get(blob.id)?.etag ?? blob.etag) === blob.etag)
    return { needs, ...found, unread }
  }

  /** Lists the blobs of these hours, and loose files. A blob that was read and holds tuples of other hours than its path says is also a loose file. */
  async list(source: Source, hours: { first: number; last: number }, signal: AbortSignal, report: ReportProblem): Promise<Blob[]> {
    const strayed = this.works.known.strayedOf(source.id)
    const listed = await source.list(hours, signal, report)
    if (strayed.size === 0) return listed
    const there = new Set(listed.map(({ id }) => id))
    const elsewhere = new Set([...strayed].flatMap(([id, hour]) => (there.has(id) ? [] : [hour])))
    const more = await Promise.all([...elsewhere].map((hour) => source.list({ first: hour, last: hour }, signal)))
    const found = more.flat().filter(({ id }) => strayed.has(id) && !there.has(id))
    return [...listed, ...new Map(found.map((blob) => [blob.id, blob])).values()].map((blob) =>
      strayed.has(blob.id) ? withoutHour(blob) : blob,
    )
  }

  private async listed(view: SurveyRange, signal: AbortSignal): Promise<Omissions & Pick<Survey, 'kept'> & { listings: Blob[][] }> {
    const hours = hoursOf(view.from, view.to)
    await this.works.store.refresh()
    const { results, failed, denied, passed, aside } = await this.askers.all(signal, (source, report, own) =>
      this.list(source, hours, own, report),
    )
    const { logs = [] } = view
    if (this.isPersonal) for (const blob of results.flat()) this.forgetRefusal(blob)
    const isAsked = (blob: Blob) => logs.length === 0 || blob.scope === null || logs.includes(describeLog(blob.source, blob.scope).id)
    const silent = new Set(this.isPersonal ? [] : failed.map(({ source }) => source.id))
    return {
      listings: results,
      kept: silent.size === 0 ? [] : keptOf(this.works.known.within(hours), results.flat(), silent, hours),
      failed,
      denied: denied.filter(isAsked),
      passed,
      aside,
    }
  }

  /** Drops an earlier refusal: a blob that is listed with the person's rights may be read. */
  private forgetRefusal({ id, source }: Blob): void {
    if (this.reader.failure(id)?.kind === 'denied' && this.reader.sources.get(source)?.permittedUntil) this.reader.failed.delete(id)
  }
}
