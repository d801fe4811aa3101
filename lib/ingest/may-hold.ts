import type { Filter, Test } from '@/lib/flow/filter'
import type { LogName } from '@/lib/flow/log'

/** Whose tuples a blob holds; null where only reading it tells. */
export interface Card {
  log: Pick<LogName, 'id' | 'name'> | null
  /** Upper case. */
  mac: string | null
}

function reads(parts: readonly string[], text: string): boolean {
  const pattern = parts.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('[^]*')
  return new RegExp(`^${pattern}$`, 'i').test(text)
}

function anyReads(tests: readonly Test[], texts: readonly string[]): boolean {
  return tests.some((test) => test.kind === 'name' && texts.some((text) => reads(test.parts, text)))
}

/** Whether a filter holds for all tuples of a card, for none, or (null) for some, as far as its log and MAC alone tell. */
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

/** Whether a filter can match a tuple of a card: false where its log or MAC rule that out. */
export function mayHold(filter: Filter | null, card: Card): boolean {
  return filter === null || holds(filter, card) !== false
}
