import type { Cell } from '@/lib/flow/answer/read/coverage'
import { Problem } from '@/lib/flow/problem'
import type { Blob } from '@/lib/flow/reading/blob'
import type { CellState } from '@/lib/flow/reading/hole'
import { floorTo, HOUR } from '@/lib/flow/time/bucket'
import type { Need } from '@/lib/ingest/read/plan'
import { type CoverageView, endOf, type Facts, type Placed, placeDenied, placeNeeds } from './place'

const MOST_CELLS = 50_000

/** If several loose files share a cell, the most severe state is shown. */
const GRAVITY: readonly CellState[] = ['absent', 'denied', 'read', 'open', 'torn', 'unread', 'failed']

function iso(t: number | null | undefined): string | null {
  return t == null ? null : new Date(t).toISOString()
}

function cellOf({ blob, log, mac, state, facts }: Placed, hour: number): Cell {
  const known = facts.state
  return {
    log,
    mac,
    hour: new Date(hour).toISOString(),
    state,
    tuples: known?.tuples ?? 0,
    bytes: blob.length,
    counted: Math.min(known?.resume ?? 0, blob.length),
    rejected: facts.rejected,
    blob: blob.name,
    etag: blob.etag,
    first: iso(known?.first),
    last: iso(known?.last),
    flushed: iso(known?.through),
  }
}

function together(a: Cell, b: Cell): Cell {
  const shown = GRAVITY.indexOf(b.state) >= GRAVITY.indexOf(a.state) ? b : a
  const order = (times: (string | null)[]) => times.filter((time) => time !== null).sort()
  return {
    ...shown,
    tuples: a.tuples + b.tuples,
    bytes: a.bytes + b.bytes,
    counted: a.counted + b.counted,
    rejected: a.rejected + b.rejected,
    first: order([a.first, b.first])[0] ?? null,
    last: order([a.last, b.last]).at(-1) ?? null,
    flushed: order([a.flushed, b.flushed]).at(-1) ?? null,
  }
}

/** A cell without a readable blob. */
function blank(state: 'absent' | 'denied', log: string, mac: string, hour: number): Cell {
  const nothing = { tuples: 0, bytes: 0, counted: 0, rejected: 0, blob: null, etag: null, first: null, last: null, flushed: null }
  return { log, mac, hour: new Date(hour).toISOString(), state, ...nothing }
}

/**
 * Builds the grid of hour × log × NIC: one cell for each blob, and `absent` if a NIC of the range has none. Loose files are in the hour of their first tuple;
 * one without tuples has no cell. `denied` blobs, which the person may not read, are shown only for NICs that are visible anyway.
 */
export function coverageCells(
  needs: readonly Need[],
  scope: CoverageView,
  facts: (need: Need) => Facts,
  now: number,
  denied: readonly Blob[] = [],
): Cell[] {
  const firstHour = floorTo(scope.from, HOUR)
  const rows = new Map<string, Map<number, Cell>>()
  for (const one of placeNeeds(needs, scope, facts, now)) {
    const at = one.hour ?? firstHour
    if (at >= scope.to) continue
    const key = `${one.log} ${one.mac}`
    const row = rows.get(key) ?? new Map<number, Cell>()
    rows.set(key, row)
    const here = row.get(at)
    const cell = cellOf(one, at)
    row.set(at, here ? together(here, cell) : cell)
  }
  for (const { log, mac, hour } of placeDenied(denied, scope, now)) {
    const row = rows.get(`${log} ${mac}`)
    if (row && hour! < scope.to && !row.has(hour!)) row.set(hour!, blank('denied', log, mac, hour!))
  }
  const end = endOf(scope, now)
  const hours = Math.max(0, Math.ceil((end - firstHour) / HOUR))
  const cards = [...rows.values()].filter((row) => row.values().next().value!.mac !== '')
  if (hours * cards.length > MOST_CELLS) {
    throw new Problem('ask', `Grid of ${hours} hours × ${cards.length} NICs exceeds ${MOST_CELLS} cells: narrow the range`, {
      key: 'from',
    })
  }
  for (const row of cards) {
    const { log, mac } = row.values().next().value!
    for (let at = firstHour; at < end; at += HOUR) if (!row.has(at)) row.set(at, blank('absent', log, mac, at))
  }
  return [...rows.values()]
    .flatMap((row) => [...row.values()])
    .sort((a, b) => order(a.log, b.log) || order(a.mac, b.mac) || order(a.hour, b.hour))
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
