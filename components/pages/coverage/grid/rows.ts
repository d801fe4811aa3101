import type { Cell } from '@/lib/flow/answer/read/coverage'
import { gravest, type Standing, standingOf } from '@/lib/flow/reading/hole'
import { type CellLook, isHole, lookOf } from './cell-state'

/** A place in the grid, from 0 on. Column -1 is the head of a row. */
export interface GridPlace {
  row: number
  column: number
}

/** One hour of all NICs of a log. */
export interface Summary {
  standing: Standing
  nics: number
  holes: number
  tuples: number
}

/** A row of the grid, with a cell or null for each hour: a whole flow log, or one of its NICs. */
export type GridRow =
  | { kind: 'log'; log: string; nics: number; folded: boolean; cells: readonly (Summary | null)[] }
  | { kind: 'nic'; log: string; mac: string; cells: readonly (Cell | null)[] }

export interface Grid {
  /** Starts of the hours, epoch milliseconds, ascending. */
  hours: readonly number[]
  rows: readonly GridRow[]
  /** Number of NICs shown and in all; `holes` counts the cells of all NICs. */
  nics: { shown: number; all: number }
  logs: { shown: number; all: number }
  holes: number
  counts: Readonly<Record<CellLook, number>>
}

type Nic = Extract<GridRow, { kind: 'nic' }>

function summaryOf(nics: readonly Nic[], column: number): Summary | null {
  const cells = nics.flatMap(({ cells: own }) => own[column] ?? [])
  if (cells.length === 0) return null
  // Quiet NICs say nothing about the hour if others of the log have a blob.
  const there = cells.filter(({ state }) => state !== 'absent')
  return {
    standing: there.length === 0 ? 'quiet' : gravest(there.map(({ state, rejected }) => standingOf(state, rejected))),
    nics: there.length,
    holes: cells.filter(isHole).length,
    tuples: cells.reduce((sum, { tuples }) => sum + tuples, 0),
  }
}

/** Returns the next hole after a place, row by row, wrapping around; null if there is none. NICs of folded logs do not count. */
export function holeAfter({ rows, hours }: Grid, place: GridPlace): GridPlace | null {
  const size = rows.length * hours.length
  const from = place.row * hours.length + Math.max(0, place.column)
  for (let i = 1; i <= size; i++) {
    const at = (from + i) % size
    const [row, column] = [Math.floor(at / hours.length), at % hours.length]
    const of = rows[row]!
    const cell = of.kind === 'nic' ? of.cells[column] : null
    if (cell && isHole(cell)) return { row, column }
  }
  return null
}

/** The cells by log and NIC, in their given order. `holes` keeps only NICs with a hole, `fold` hides the NICs of a log. */
export function gridOf(cells: readonly Cell[], { holes, fold }: { holes: boolean; fold: readonly string[] }): Grid {
  const hours = [...new Set(cells.map(({ hour }) => Date.parse(hour)))].sort((a, b) => a - b)
  const columns = new Map(hours.map((hour, i) => [hour, i]))
  const logs = new Map<string, Map<string, (Cell | null)[]>>()
  const counts: Record<CellLook, number> = { read: 0, open: 0, absent: 0, unread: 0, torn: 0, failed: 0, denied: 0 }
  for (const cell of cells) {
    const nics = logs.get(cell.log) ?? new Map<string, (Cell | null)[]>()
    logs.set(cell.log, nics)
    const own = nics.get(cell.mac) ?? new Array<Cell | null>(hours.length).fill(null)
    nics.set(cell.mac, own)
    own[columns.get(Date.parse(cell.hour))!] = cell
    counts[lookOf(cell)]++
  }
  const rows: GridRow[] = []
  const grid = { nics: { shown: 0, all: 0 }, logs: { shown: 0, all: logs.size } }
  for (const [log, macs] of logs) {
    const all = [...macs].map(([mac, own]): Nic => ({ kind: 'nic', log, mac, cells: own }))
    const shown = holes ? all.filter(({ cells: own }) => own.some((cell) => cell !== null && isHole(cell))) : all
    grid.nics.all += all.length
    if (shown.length === 0) continue
    grid.nics.shown += shown.length
    grid.logs.shown++
    const folded = fold.includes(log)
    rows.push({ kind: 'log', log, nics: shown.length, folded, cells: hours.map((_, i) => summaryOf(shown, i)) })
    if (!folded) rows.push(...shown)
  }
  return { ...grid, hours, rows, holes: counts.unread + counts.torn + counts.failed + counts.denied, counts }
}
