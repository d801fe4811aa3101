import type { BasisBlob, BasisRecord, Difference, Verdict } from './evidence'

type Counted = Pick<BasisBlob, 'container' | 'name' | 'rows' | 'sums'>

/** Identifies a blob; also its sort key. */
export function placeOf({ source, container, name }: Pick<BasisBlob, 'source' | 'container' | 'name'>): string {
  return JSON.stringify([source, container, name])
}

/**
 * Returns the text whose SHA-256 is the proof: JSON lines, each ended by a line feed. The first is the view, `["flowlens-basis-1",from,to,asof,logs]` with ISO
 * 8601 instants and sorted logs; the others are the blobs with rows of the view, sorted as text: `[container,name,rows,sum,sum]`. If the filter uses context,
 * the first line ends with the digest of the context files; if it names saved lists, with `lists DIGEST` after it. The source is not part of the text: a copy of the same blobs has the same proof.
 */
export function proofText({ from, to, asof, logs, context, lists }: BasisRecord['view'], blobs: readonly Counted[]): string {
  const named = [...(context === undefined ? [] : [context]), ...(lists === undefined ? [] : [`lists ${lists}`])]
  const head = JSON.stringify(['flowlens-basis-1', from, to, asof, [...logs].sort(), ...named])
  const lines = blobs.map(({ container, name, rows, sums }) => JSON.stringify([container, name, rows, ...sums])).sort()
  return [head, ...lines].map((line) => `${line}\n`).join('')
}

function isSame(a: Counted, b: Counted): boolean {
  return a.rows === b.rows && a.sums[0] === b.sums[0] && a.sums[1] === b.sums[1]
}

type Listed = Pick<BasisBlob, 'source' | 'container' | 'name' | 'etag' | 'length'>

/** Returns the blobs that have changed, sorted. Blobs of `unread` are unknown and left out. `listed` are the blobs that exist now. */
export function compareBasis(
  before: readonly BasisBlob[],
  now: readonly BasisBlob[],
  listed: readonly Listed[],
  unread: readonly Listed[],
): { verdict: Exclude<Verdict, 'unknown'>; blobs: Difference[] } {
  const olds = new Map(before.map((blob) => [placeOf(blob), blob]))
  const news = new Map(now.map((blob) => [placeOf(blob), blob]))
  const there = new Map(listed.map((blob) => [placeOf(blob), blob]))
  const untold = new Set(unread.map(placeOf))
  const blobs: Difference[] = []
  for (const place of [...new Set([...olds.keys(), ...news.keys()])].sort()) {
    const old = olds.get(place)
    const current = news.get(place)
    const listing = there.get(place)
    const what = untold.has(place) ? null : whatOf(old, current, listing)
    if (what === null) continue
    const { source, container, name } = (old ?? current)!
    const sideNow = what === 'missing' ? undefined : (current ?? (listing && { ...listing, rows: 0 }))
    blobs.push({ source, container, blob: name, what, bytesKept: keepsBytes(old, current), before: sideOf(old), now: sideOf(sideNow) })
  }
  const verdict = blobs.length === 0 ? 'same' : blobs.every(({ what }) => what === 'grown') ? 'grown' : 'changed'
  return { verdict, blobs }
}

/** Returns null if nothing changed. */
function whatOf(old: BasisBlob | undefined, current: BasisBlob | undefined, listing: Listed | undefined): Difference['what'] | null {
  if (old === undefined) return 'new'
  if (listing === undefined) return 'missing'
  if (current === undefined || !isSame(old, current)) return 'changed'
  return old.etag === current.etag ? null : 'grown'
}

function keepsBytes(old: BasisBlob | undefined, current: BasisBlob | undefined): boolean | null {
  if (old === undefined || current === undefined) return null
  for (const [i, { from, to, sha256 }] of old.pieces.entries()) {
    const now = current.pieces[i]
    if (now === undefined || now.from !== from || now.to !== to) return null
    if (now.sha256 !== sha256) return false
  }
  return true
}

function sideOf(blob: Pick<BasisBlob, 'etag' | 'length' | 'rows'> | undefined): Difference['now'] {
  return blob === undefined ? null : { etag: blob.etag, length: blob.length, rows: blob.rows }
}
