import type { CoverageAnswer } from '@/lib/flow/answers'
import type { BlobState } from '@/lib/flow/blob'
import { floorTo, HOUR } from '@/lib/flow/bucket'
import { describeLog } from '@/lib/flow/log'
import { Problem } from '@/lib/flow/problem'
import { mayGrow, type Need } from './plan'

type Cell = CoverageAnswer['cells'][number]

const MOST_CELLS = 50_000

/** What the grid asks of the road about one need. */
export interface CellFacts {
  state: BlobState | undefined
  met: boolean
  failed: boolean
}

function cellState(need: Need, facts: CellFacts, now: number): Cell['state'] {
  if (facts.failed) return 'failed'
  if (!facts.met) return 'unread'
  return mayGrow(need.blob, now) ? 'open' : 'read'
}

/**
 * The grid of hour × log × network card for [from, to): one cell a blob, and `absent` where a card that is seen in the range has none.
 * Loose files stand at the hour of their first tuple; one that holds none has no place here.
 */
export function coverageCells(needs: readonly Need[], from: number, to: number, facts: (need: Need) => CellFacts, now: number): Cell[] {
  const rows = new Map<string, Map<number, Cell>>()
  const firstHour = floorTo(from, HOUR)
  for (const need of needs) {
    const { blob } = need
    const known = facts(need)
    const loose = known.state?.first == null ? null : floorTo(known.state.first, HOUR)
    const hour = blob.hour ?? loose
    if (blob.hour !== null && blob.hour >= to) continue
    if (blob.hour === null && loose === null && known.met) continue
    if (blob.hour === null && loose !== null && ((known.state?.last ?? 0) < from || loose >= to)) continue
    const scope = blob.scope ?? known.state?.log ?? blob.name
    const log = describeLog(blob.source, scope).id
    const mac = blob.mac ?? ''
    const row = rows.get(`${log} ${mac}`) ?? new Map<number, Cell>()
    rows.set(`${log} ${mac}`, row)
    const at = hour ?? firstHour
    const tuples = (row.get(at)?.tuples ?? 0) + (known.state?.tuples ?? 0)
    const bytes = (row.get(at)?.bytes ?? 0) + blob.length
    row.set(at, { log, mac, hour: new Date(at).toISOString(), state: cellState(need, known, now), tuples, bytes, blob: blob.name })
  }
  const end = Math.min(to, now)
  const hours = Math.max(0, Math.ceil((end - firstHour) / HOUR))
  const cards = [...rows.values()].filter((row) => row.values().next().value!.mac !== '')
  if (hours * cards.length > MOST_CELLS) {
    throw new Problem('ask', `Grid of ${hours} hours × ${cards.length} network cards is over ${MOST_CELLS} cells: narrow the range`, {
      key: 'from',
    })
  }
  for (const row of cards) {
    const some = row.values().next().value!
    for (let at = firstHour; at < end; at += HOUR) {
      if (!row.has(at))
        row.set(at, { log: some.log, mac: some.mac, hour: new Date(at).toISOString(), state: 'absent', tuples: 0, bytes: 0, blob: null })
    }
  }
  return [...rows.values()]
    .flatMap((row) => [...row.values()])
    .sort((a, b) => order(a.log, b.log) || order(a.mac, b.mac) || order(a.hour, b.hour))
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
