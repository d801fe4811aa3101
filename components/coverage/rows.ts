import type { Cell } from '@/lib/flow/coverage-answer'
import { gravest, type Standing, standingOf } from '@/lib/flow/hole'
import { isHole, type Look, lookOf } from './cell-state'

/** A place in the grid, from 0 on. Column -1 is the head of a row. */
export interface Place {
  row: number
  column: number
}

/** One hour of all network cards of a log together. */
export interface Summary {
  standing: Standing
  cards: number
  holes: number
  tuples: number
}

/** A row of the grid, with a cell for each of its hours or none: a flow log as a whole, or one of its network cards. */
export type Row =
  | { kind: 'log'; log: string; cards: number; folded: boolean; cells: readonly (Summary | null)[] }
  | { kind: 'card'; log: string; mac: string; cells: readonly (Cell | null)[] }

export interface Grid {
  /** Starts of the hours, epoch milliseconds, ascending. */
  hours: readonly number[]
  rows: readonly Row[]
  /** What is shown of what there is; `holes` counts cells of all cards. */
  cards: { shown: number; all: number }
  logs: { shown: number; all: number }
  holes: number
  counts: Readonly<Record<Look, number>>
}

type Card = Extract<Row, { kind: 'card' }>

function summaryOf(cards: readonly Card[], column: number): Summary | null {
  const cells = cards.flatMap(({ cells: own }) => own[column] ?? [])
  if (cells.length === 0) return null
  // Cards that are quiet say nothing about the hour while others of the log are not.
  const there = cells.filter(({ state }) => state !== 'absent')
  return {
    standing: there.length === 0 ? 'quiet' : gravest(there.map(({ state, rejected }) => standingOf(state, rejected))),
    cards: there.length,
    holes: cells.filter(isHole).length,
    tuples: cells.reduce((sum, { tuples }) => sum + tuples, 0),
  }
}

/** The hole after a place, row by row and from the last one to the first again; null where there is none. Only cards that are not folded away count. */
export function holeAfter({ rows, hours }: Grid, place: Place): Place | null {
  const size = rows.length * hours.length
  const from = place.row * hours.length + Math.max(0, place.column)
  for (let i = 1; i <= size; i++) {
    const at = (from + i) % size
    const [row, column] = [Math.floor(at / hours.length), at % hours.length]
    const of = rows[row]!
    const cell = of.kind === 'card' ? of.cells[column] : null
    if (cell && isHole(cell)) return { row, column }
  }
  return null
}

/** The cells by log and network card, in the order in which they come. `holes` leaves only cards with a hole, `fold` hides the cards of a log. */
export function gridOf(cells: readonly Cell[], { holes, fold }: { holes: boolean; fold: readonly string[] }): Grid {
  const hours = [...new Set(cells.map(({ hour }) => Date.parse(hour)))].sort((a, b) => a - b)
  const columns = new Map(hours.map((hour, i) => [hour, i]))
  const logs = new Map<string, Map<string, (Cell | null)[]>>()
  const counts: Record<Look, number> = { read: 0, open: 0, absent: 0, unread: 0, torn: 0, failed: 0, denied: 0 }
  for (const cell of cells) {
    const cards = logs.get(cell.log) ?? new Map<string, (Cell | null)[]>()
    logs.set(cell.log, cards)
    const own = cards.get(cell.mac) ?? new Array<Cell | null>(hours.length).fill(null)
    cards.set(cell.mac, own)
    own[columns.get(Date.parse(cell.hour))!] = cell
    counts[lookOf(cell)]++
  }
  const rows: Row[] = []
  const grid = { cards: { shown: 0, all: 0 }, logs: { shown: 0, all: logs.size } }
  for (const [log, macs] of logs) {
    const all = [...macs].map(([mac, own]): Card => ({ kind: 'card', log, mac, cells: own }))
    const shown = holes ? all.filter(({ cells: own }) => own.some((cell) => cell !== null && isHole(cell))) : all
    grid.cards.all += all.length
    if (shown.length === 0) continue
    grid.cards.shown += shown.length
    grid.logs.shown++
    const folded = fold.includes(log)
    rows.push({ kind: 'log', log, cards: shown.length, folded, cells: hours.map((_, i) => summaryOf(shown, i)) })
    if (!folded) rows.push(...shown)
  }
  return { ...grid, hours, rows, holes: counts.unread + counts.torn + counts.failed + counts.denied, counts }
}
