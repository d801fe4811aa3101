import type { Known } from '@/lib/context/known'
import { parseAddress } from '@/lib/flow/address/address'
import type { ContextCell, ContextColumns } from '@/lib/flow/answer/tuples/context-row'
import type { TupleRow } from '@/lib/flow/answer/tuples/tuples'
import { AMBIGUOUS, CONTEXT_NAMES, type ContextName } from '@/lib/flow/field/context'

function cellOf(name: ContextName, texts: readonly string[]): ContextCell {
  if (name === 'tag' || name === 'list') return [...new Set(texts)]
  const text = texts[0] ?? null
  return name === 'asn' && text !== null ? Number(text) : text
}

/** Returns all facts about one address, in the order of names, and the candidates if it is ambiguous. */
export function toldOf(
  known: Known,
  { address, place, time }: { address: bigint; place: number; time: number },
): { cells: [name: ContextName, cell: ContextCell][]; among: string[] } {
  const cells = CONTEXT_NAMES.map((name): [ContextName, ContextCell] => {
    const told = known.tells(name) ? known.told(name, address, place).filter(({ until }) => until === null || time < until) : []
    return [
      name,
      cellOf(
        name,
        told.map(({ text }) => text),
      ),
    ]
  })
  const isAmbiguous = cells.some(([name, cell]) => cell === AMBIGUOUS && name !== 'name')
  return { cells, among: isAmbiguous ? known.candidates(address, place) : [] }
}

/** Returns the context of both ends of a row. */
function contextOf(known: Known, { src, dst, mac, dir, time }: TupleRow): ContextColumns {
  const columns: Record<string, ContextCell> = {}
  for (const [end, text] of [
    ['src', src],
    ['dst', dst],
  ] as const) {
    const isOwn = end === (dir === 'in' ? 'dst' : 'src')
    const place = known.whose?.placeOf(mac, isOwn) ?? 0
    const { cells, among } = toldOf(known, { address: parseAddress(text)!, place, time: Date.parse(time) })
    for (const [name, cell] of cells) columns[`${end}.${name}`] = cell
    if (among.length > 0) columns[`${end}.among`] = among
  }
  return columns as ContextColumns
}

/** Adds the context to rows, if requested. */
export function withContext<Row extends TupleRow>(rows: readonly Row[], known: Known | null): (Row & Partial<ContextColumns>)[] {
  return known === null ? [...rows] : rows.map((row) => ({ ...row, ...contextOf(known, row) }))
}
