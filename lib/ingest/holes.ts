import type { Blob } from '@/lib/flow/blob'
import { floorTo, HOUR } from '@/lib/flow/bucket'
import { standingOf } from '@/lib/flow/hole'
import type { HoleSpan, HolesAnswer } from '@/lib/flow/holes-answer'
import { endOf, type Facts, type Placed, placeDenied, placeNeeds, type Scope } from './place'
import type { Need } from './plan'

interface Span {
  hour: number | null
  from: number
  to: number
  blobs: Placed[]
  /** Cards of the range whose blob may not be read. */
  denied: Placed[]
}

function cardOf({ log, mac, blob }: Placed): string {
  return `${log} ${mac || blob.name}`
}

/** Network cards with a blob for which `holds`. */
function cardsOf(blobs: readonly Placed[], holds: (one: Placed) => boolean = () => true): number {
  return new Set(blobs.filter(holds).map(cardOf)).size
}

function isTorn({ state, facts }: Placed): boolean {
  return facts.rejected > 0 && state !== 'failed' && state !== 'unread'
}

function describe({ hour, from, to, blobs, denied }: Span, cards: number): HoleSpan {
  return {
    hour: hour === null ? null : new Date(hour).toISOString(),
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
    failed: cardsOf(blobs, ({ state }) => state === 'failed'),
    unread: cardsOf(blobs, ({ state }) => state === 'unread'),
    torn: cardsOf(blobs, isTorn),
    growing: cardsOf(blobs, (one) => one.state === 'open' && !isTorn(one)),
    denied: cardsOf(denied),
    quiet: hour === null ? 0 : cards - cardsOf([...blobs, ...denied]),
    rejected: blobs.reduce((sum, { facts }) => sum + facts.rejected, 0),
  }
}

/**
 * What is missing of a view, or may still come: spans of blobs of one hour, and hours that no network card has a blob of. By time; loose files have spans
 * of their own, one for each reach.
 */
export function holesOf(
  needs: readonly Need[],
  scope: Scope,
  facts: (need: Need) => Facts,
  now: number,
  denied: readonly Blob[] = [],
): Pick<HolesAnswer, 'cards' | 'spans'> {
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
  for (const one of placeDenied(denied, scope, now)) if (seen.has(cardOf(one))) hours.get(one.blob.hour!)?.denied.push(one)
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
    spans: spans
      .filter(
        ({ blobs, denied }) =>
          blobs.length === 0 || denied.length > 0 || blobs.some(({ state, facts: known }) => standingOf(state, known.rejected) !== 'whole'),
      )
      .sort((a, b) => a.from - b.from || a.to - b.to)
      .map((span) => describe(span, cards)),
  }
}
