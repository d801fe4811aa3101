/** A row of the list: a tuple, or a flow. */
export interface ListedRow {
  id: string
}

/** Rows per page. */
export const PAGE_ROWS = 250
/** The most rows in the table: a browser cannot lay out a list that is much longer. */
export const LAST_ROW = 1_000_000
/** Pages kept on either side of the visible ones. */
const BESIDE = 4
/** The list grows by this many rows at a time, so that its layout seldom changes. */
const STEP = 2500

/** The visible pages, both included, and the page of the focused row. */
export interface Sight {
  first: number
  last: number
  focus: number | null
}

/** Returns the pages of rows `start` to `end`, both included, and the page of the row with the focus. */
export function sightOf(start: number, end: number, focus: number | null): Sight {
  const page = (row: number) => Math.floor(Math.max(0, row) / PAGE_ROWS)
  return { first: page(start), last: page(end), focus: focus === null ? null : page(focus) }
}

/** Returns the pages to keep in memory, out of `known`: the visible ones, some around them, and the one with the focus. */
export function pagesToHold({ first, last, focus }: Sight, known: number): number[] {
  const from = Math.max(0, Math.min(first, known - 1) - BESIDE)
  const to = Math.min(known - 1, last + BESIDE)
  const pages = Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i)
  return focus === null || focus >= known || pages.includes(focus) ? pages : [...pages, focus]
}

/** Returns the number of rows that the list has room for when `count` of `total` have arrived: all of them, or some more that are still to come. */
export function roomFor(count: number, total: number, hasMore: boolean): number {
  if (!hasMore) return count
  return Math.min(total, LAST_ROW, Math.ceil((count + 1) / STEP) * STEP)
}

/** The rows in memory, out of all that have arrived. */
export class RowWindow<Row extends ListedRow = ListedRow> {
  /** @param count rows that have arrived. @param pages those in memory, by page. */
  constructor(
    readonly count: number,
    private readonly pages: ReadonlyMap<number, readonly Row[]>,
  ) {}

  /** True if it holds the same row objects. */
  sameAs(other: RowWindow<Row>): boolean {
    const { count, pages } = other
    return count === this.count && pages.size === this.pages.size && [...pages].every(([page, rows]) => this.pages.get(page) === rows)
  }

  /** The rows in memory, in the order of the list, with gaps where pages are not. */
  all(): Row[] {
    return [...this.pages.keys()].sort((a, b) => a - b).flatMap((page) => this.pages.get(page)!)
  }

  /** Returns a row by its place in the list, or undefined if it is not in memory. */
  at(index: number): Row | undefined {
    return this.pages.get(Math.floor(index / PAGE_ROWS))?.[index % PAGE_ROWS]
  }

  /** Returns the place of a row that is in memory, or -1. */
  indexOf(id: string | null): number {
    for (const [page, rows] of this.pages) {
      const at = rows.findIndex((row) => row.id === id)
      if (at >= 0) return page * PAGE_ROWS + at
    }
    return -1
  }
}
