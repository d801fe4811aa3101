import { type Novelty, type NoveltyField, writeNovelty } from '@/lib/flow/field/novelty'
import type { View } from '@/lib/flow/view/view'
import type { Fact } from '@/lib/query/test/facts'
import { networkOf } from './network'

function textOf(fact: Fact, field: NoveltyField): string {
  if (field === 'src' || field === 'dst' || field === 'rule') return fact[field]
  return field === 'dport' ? String(fact.dport) : networkOf(fact, field)!.text
}

/** Tells of a fact whether its values are in no fact of a baseline; `before` gives the facts from an instant to the begin of the view. */
export function noveltyReader({ from, to }: View, before: (from: number) => Fact[]): (fact: Fact, novelty: Novelty) => boolean {
  const known = new Map<string, Set<string>>()
  return (fact, novelty) => {
    const valuesOf = (of: Fact) => JSON.stringify(novelty.fields.map((field) => textOf(of, field)))
    const question = writeNovelty(novelty)
    const length = novelty.baseline === 'prev' ? to - from : novelty.baseline
    const seen = known.get(question) ?? new Set(before(Math.max(0, from - length)).map(valuesOf))
    known.set(question, seen)
    return !seen.has(valuesOf(fact))
  }
}
