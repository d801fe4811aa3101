import { formatAddress, parseAddress } from '@/lib/flow/address/address'
import { Problem } from '@/lib/flow/problem'
import type { CellValue } from '@/lib/query/columns/words'
import { type Sql, sql } from '@/lib/store/sql'
import type { SortTerm } from './sort'

const SEPARATOR = ';'

function wrong(message: string, at: number): Problem {
  return new Problem('ask', `Cursor: ${message}`, { key: 'cursor', at })
}

function writeCell(term: SortTerm, cell: CellValue): string {
  if (term.type === 'address') return formatAddress(BigInt(cell))
  return term.type === 'text' ? encodeURIComponent(String(cell)) : String(cell)
}

function readText(text: string): string | null {
  try {
    return decodeURIComponent(text)
  } catch (error) {
    if (error instanceof URIError) return null
    throw error
  }
}

function readCell(term: SortTerm, text: string): CellValue | null {
  if (term.type === 'address') return parseAddress(text)
  if (term.type === 'text') return readText(text)
  const number = Number(text)
  return /^-?\d{1,16}$/.test(text) && Number.isSafeInteger(number) ? number : null
}

/** Writes `-time;1723481866000;1234;56`: its sort, then the last row's place in that order; names are percent-encoded. */
export function writeCursor(sort: string, terms: readonly SortTerm[], cells: readonly CellValue[]): string {
  return [sort, ...terms.map((term, i) => writeCell(term, cells[i]!))].join(SEPARATOR)
}

/**
 * Reads the cells that writeCursor wrote.
 * @throws Problem `ask` with key `cursor` if writeCursor did not write them for this sort
 */
export function readCursor(cursor: string, sort: string, terms: readonly SortTerm[]): CellValue[] {
  const [head = '', ...texts] = cursor.split(SEPARATOR)
  if (head !== sort) throw wrong(`it belongs to another sort; expected one that begins with ${sort}${SEPARATOR}`, 0)
  if (texts.length !== terms.length) throw wrong(`it has ${texts.length} values; expected ${terms.length}`, head.length)
  let at = head.length + 1
  return terms.map((term, i) => {
    const text = texts[i]!
    const cell = readCell(term, text)
    if (cell === null || writeCell(term, cell) !== text) throw wrong(`${text || 'nothing'} stands where ${term.type} was expected`, at)
    at += text.length + 1
    return cell
  })
}

/** Returns the condition for rows strictly after the cells in the order of the terms. The first, redundant bound lets an engine skip earlier rows. */
export function after(terms: readonly SortTerm[], cells: readonly CellValue[]): Sql {
  const [first] = terms
  const strictly = terms.reduceRight<Sql | null>((rest, { value, descending }, i) => {
    const cell = cells[i]!
    const beyond = descending ? sql`${value} < ${cell}` : sql`${value} > ${cell}`
    return rest ? sql`(${beyond} or (${value} = ${cell} and ${rest}))` : beyond
  }, null)
  const bound = first!.descending ? sql`${first!.value} <= ${cells[0]!}` : sql`${first!.value} >= ${cells[0]!}`
  return sql`${bound} and ${strictly!}`
}
