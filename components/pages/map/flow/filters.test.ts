import { describe, expect, it } from 'vitest'
import { fieldOf, type KeyField } from '@/lib/flow/field/fields'
import type { View } from '@/lib/flow/view/view'
import { parseFilter } from '@/lib/link/language/parse'
import type { Fact } from '@/lib/query/test/facts'
import { naiveRows } from '@/lib/query/test/naive/filter'
import { naivePaths } from '@/lib/query/test/naive/paths'
import { Dice, randomColumns, randomFacts } from '@/lib/query/test/random'
import { filtersOf, type Marked } from './filters'

const VIEW: View = { from: 0, to: Date.UTC(2100, 0), q: '', filter: null, logs: [], asof: null, once: false }

describe('the filters of nodes and links', () => {
  const dice = new Dice(2100)
  // Names match in any case, and logs also by their id.
  const facts: Fact[] = randomFacts(dice, 150).map((fact) => ({
    ...fact,
    logName: fact.log,
    rule: fact.rule === 'userrule_rdp' ? 'UserRule_SSH' : fact.rule,
  }))
  const count = (q: string) => naiveRows(facts, { ...VIEW, q, filter: parseFilter(q) }, null).length
  /** True if a tuple has one value of it. An address may be in several tags and lists, and is grouped under the narrowest. */
  const isOne = (field: KeyField) => {
    const { context } = fieldOf(field)
    return context ? context.end !== null && !['tag', 'list'].includes(context.name) : field !== 'ip' && field !== 'port'
  }
  const cases = Array.from({ length: 15 }, () => ({ by: randomColumns(dice).filter(isOne), limit: dice.pick([2, 1000]) })).filter(
    ({ by }) => by.length > 1,
  )

  it.each(cases)('keep exactly the tuples of a node and of a link, by $by', ({ by, limit }) => {
    const { nodes, links } = naivePaths(facts, by, 'tuples', limit)
    const shown = by.map((_, i) => nodes.filter(({ column, other }) => column === i && !other).map(({ value }) => value))
    const marked = (id: string): Marked => {
      const node = nodes.find((one) => one.id === id)!
      return { field: by[node.column]!, node, shown: shown[node.column]! }
    }
    for (const node of nodes.slice(0, 6)) {
      const filters = filtersOf('', [marked(node.id)])!
      expect(count(filters.keep), filters.keep).toBe(node.tuples)
      expect(count(filters.drop()), filters.drop()).toBe(facts.length - node.tuples)
    }
    for (const link of links.slice(0, 6)) {
      const filters = filtersOf('', [marked(link.from), marked(link.to)])!
      expect(count(filters.keep), filters.keep).toBe(link.tuples)
      expect(count(filters.drop()), filters.drop()).toBe(facts.length - link.tuples)
    }
  })

  it('do not exist for the rest of a field with several values per tuple', () => {
    const rest = { value: 'other', other: true }
    expect(filtersOf('', [{ field: 'ip', node: rest, shown: ['10.0.0.4'] }])).toBeNull()
    expect(filtersOf('', [{ field: 'src.tag', node: rest, shown: ['Storage'] }])).toBeNull()
    expect(filtersOf('', [{ field: 'src', node: rest, shown: ['10.0.0.4', '10.0.0.5'] }])?.keep).toBe('not src:10.0.0.4,10.0.0.5')
    expect(filtersOf('dport:99999', [{ field: 'src', node: rest, shown: ['10.0.0.4'] }])).toBeNull()
  })
})
