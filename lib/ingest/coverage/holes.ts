import type { HoleSpan, HolesAnswer } from '@/lib/flow/answer/read/holes'
import type { Blob } from '@/lib/flow/reading/blob'
import { standingOf } from '@/lib/flow/reading/hole'
import { floorTo, HOUR } from '@/lib/flow/time/bucket'
import type { Need } from '@/lib/ingest/read/plan'
import { type CoverageView, endOf, type Facts, type Placed, placeDenied, placeNeeds } from './place'
import { silencesOf } from './silence'

interface Span {
  hour: number | null
  from: number
  to: number
  blobs: Placed[]
  /** Visible NICs whose blob may not be read. */
  denied: Placed[]
}

function cardOf({ log, mac, blob }: Placed): string {
  return `${log} ${mac || blob.name}`
}

/** Returns the number of NICs with a blob for which `holds` is true. */
function cardsOf(blobs: readonly Placed[], holds: (one: Placed) => boolean = () => true): number {
  return new Set(blobs.filter(holds).map(cardOf)).size
}

function describe({ hour, from, to, blobs, denied }: Span, cards: number): HoleSpan {
  return {
    hour: hour === null ? null : new Date(hour).toISOString(),
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
    failed: cardsOf(blobs, ({ state }) => state === 'failed'),
    unread: cardsOf(blobs, ({ state }) => state === 'unread'),
    torn: cardsOf(blobs, ({ state }) => state === 'torn'),
    growing: cardsOf(blobs, ({ state }) => state === 'open'),
    denied: cardsOf(denied),
    quiet: hour === null ? 0 : cards - cardsOf([...blobs, ...denied]),
    rejected: blobs.reduce((sum, { facts }) => sum + facts.rejected, 0),
  }
}

/**
 * The holes of a view: spans of blobs of one hour, and hours in which no NIC has a blob. Sorted by time; loose files have their own spans, one for
 * each time range.
 */
export function holesOf(
  needs: readonly Need[],
  scope: CoverageView,
  facts: (need: Need) => Facts,
  now: number,
  denied: readonly Blob[] = [],
): Pick<HolesAnswer, 'cards' | 'silences' | 'spans'> {
  const placed = placeNeeds(needs, scope, facts, now)
  const cards = cardsOf(placed)
  const paths = placed.filter(({ blob }) => blob.hour !== null)
  const hours = new Map<number, Span>()
  const end = endOf(scope, now)
  if (paths.length > 0) {
    for (let hour = floorTo(scope.from, HOUR); hour < end; hour += HOUR) {
      hours.set(hour, { hour, from: Math.max(hour, scope.from), to: Math.min(hour + HOUR, scope.to), blobs: [], denied: [] })
    }
  }
  for (const one of paths) {
    const hour = one.blob.hour!
    const span = hours.get(hour) ?? { hour, from: one.from, to: one.to, blobs: [], denied: [] }
    hours.set(hour, span)
    span.from = one.from
    span.blobs.push(one)
  }
  const seen = new Set(placed.map(cardOf))
  const refused = placeDenied(denied, scope, now)
  for (const one of refused) if (seen.has(cardOf(one))) hours.get(one.blob.hour!)?.denied.push(one)
  const files = new Map<string, Span>()
  for (const one of placed) {
    if (one.blob.hour !== null) continue
    const key = `${one.from} ${one.to}`
    const span = files.get(key) ?? { hour: null, from: one.from, to: one.to, blobs: [], denied: [] }
    files.set(key, span)
    span.blobs.push(one)
  }
  const spans = [...hours.values(), ...files.values()]
  return {
    cards,
    silences: silencesOf([...placed, ...refused], scope, now),
    spans: spans
      .filter(
        ({ blobs, denied }) =>
          blobs.length === 0 || denied.length > 0 || blobs.some(({ state, facts: known }) => standingOf(state, known.rejected) !== 'whole'),
      )
      .sort((a, b) => a.from - b.from || a.to - b.to)
      .map((span) => describe(span, cards)),
  }
}
