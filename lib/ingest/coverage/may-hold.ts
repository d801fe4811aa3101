import { matchesParts } from '@/lib/flow/text/name-parts'
import type { LogName } from '@/lib/flow/tuple/log'
import type { Filter, Test } from '@/lib/flow/view/filter'

/** The NIC whose tuples a blob holds; null values are known only after reading. */
export interface Card {
  log: Pick<LogName, 'id' | 'name'> | null
  /** Upper case. */
  mac: string | null
}

function anyReads(tests: readonly Test[], texts: readonly string[]): boolean {
  return tests.some((test) => test.kind === 'name' && texts.some((text) => matchesParts(test.parts, text)))
}

/** Returns true if the filter holds for all tuples of a NIC, false if for none; null if that depends on more than log and MAC. */
function holds(filter: Filter, card: Card): boolean | null {
  if (filter.op === 'match') {
    if (filter.field === 'mac' && card.mac !== null) return anyReads(filter.tests, [card.mac])
    if (filter.field === 'log' && card.log !== null) return anyReads(filter.tests, [card.log.id, card.log.name])
    return null
  }
  if (filter.op === 'not') {
    const held = holds(filter.of, card)
    return held === null ? null : !held
  }
  const decides = filter.op === 'or'
  const parts = filter.of.map((part) => holds(part, card))
  if (parts.includes(decides)) return decides
  return parts.includes(null) ? null : !decides
}

/** False if the NIC's log or MAC rules out that the filter matches one of its tuples. */
export function mayHold(filter: Filter | null, card: Card): boolean {
  return filter === null || holds(filter, card) !== false
}
