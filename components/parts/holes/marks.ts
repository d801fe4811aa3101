import { formatCount, formatPlural } from '@/components/parts/format/number'
import { formatRange, type Zone } from '@/components/parts/format/time'
import type { HoleSpan, HolesAnswer } from '@/lib/flow/answer/read/holes'
import { HOUR } from '@/lib/flow/time/bucket'

/** The kind of a span: a hole, growing, silent (most NICs that wrote before and after wrote nothing), or an hour without a blob of any NIC. */
export type MarkKind = 'hole' | 'growing' | 'silent' | 'quiet'

/** A span marked in charts; instants are epoch milliseconds. */
export interface Mark {
  kind: MarkKind
  from: number
  to: number
  /** Start of the first hour of its blobs, and the end of the last; null for loose files. */
  hours: { from: number; to: number } | null
  /** `1 of 12 NICs could not be read`. */
  about: string
}

function aboutOf(span: HoleSpan, nics: number): string {
  const of = (n: number) => `${formatCount(n)} of ${formatPlural(nics, 'NIC')}`
  const { failed, unread, torn, denied, growing, quiet, rejected } = span
  const parts: string[] = []
  if (failed > 0) parts.push(`${of(failed)} could not be read`)
  if (unread > 0) parts.push(`${of(unread)} ${unread === 1 ? 'is' : 'are'} not read yet`)
  if (torn > 0) parts.push(`${of(torn)} with ${formatPlural(rejected, 'record or tuple', 'records or tuples')} rejected`)
  if (denied > 0) parts.push(`no permission for ${of(denied)}`)
  if (parts.length === 0 && growing > 0) parts.push(`${of(growing)} may still grow`)
  if (parts.length === 0 && quiet === nics) parts.push('no blob of any NIC: nothing was logged, or it was deleted or never written')
  return parts.join(', ')
}

function kindOf({ failed, unread, torn, denied, growing, quiet }: HoleSpan, nics: number): MarkKind | null {
  if (failed + unread + torn + denied > 0) return 'hole'
  if (growing > 0) return 'growing'
  return quiet === nics ? 'quiet' : null
}

/** The spans as marks, in order; neighbouring hours with the same text are joined. */
export function marksOf(spans: readonly HoleSpan[], nics: number): Mark[] {
  const marks: Mark[] = []
  for (const span of spans) {
    const kind = kindOf(span, nics)
    if (kind === null) continue
    const start = span.hour === null ? null : Date.parse(span.hour)
    const hours = start === null ? null : { from: start, to: start + HOUR }
    const mark: Mark = { kind, from: Date.parse(span.from), to: Date.parse(span.to), hours, about: aboutOf(span, nics) }
    const before = marks.at(-1)
    if (before?.hours && hours && before.hours.to === hours.from && before.kind === kind && before.about === mark.about) {
      before.to = Math.max(before.to, mark.to)
      before.hours.to = hours.to
    } else marks.push(mark)
  }
  return marks
}

/** Returns the hours in which most NICs were silent as marks, each with `13:00 – 14:00, 7 of 7 NICs`. */
function silentMarks(silences: HolesAnswer['silences']): Mark[] {
  return silences.map(({ from, to, nics, of }) => {
    const hours = { from: Date.parse(from), to: Date.parse(to) }
    return {
      kind: 'silent',
      ...hours,
      hours,
      about: `no blobs, ${formatCount(nics)} of ${formatPlural(of, 'NIC')} that wrote before and after`,
    }
  })
}

/** Returns all marks of an answer in order; a quiet hour within a silence has no mark of its own. */
export function allMarks({ spans, cards, silences }: Pick<HolesAnswer, 'spans' | 'cards' | 'silences'>): Mark[] {
  const silent = silentMarks(silences)
  const others = marksOf(spans, cards).filter(
    ({ kind, from, to }) => kind !== 'quiet' || !silent.some((mark) => mark.from <= from && to <= mark.to),
  )
  return [...others, ...silent].sort((a, b) => a.from - b.from)
}

/** `13 Aug 2026 13:00 – 14:00 UTC`: the hours of the blobs, or the times of a loose file. */
export function timesOf({ hours, from, to }: Mark, zone: Zone): string {
  return formatRange(hours?.from ?? from, hours?.to ?? to, zone)
}
