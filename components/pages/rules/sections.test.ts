import { describe, expect, it } from 'vitest'
import { RULE_KINDS, ruleKind } from '@/lib/flow/tuple/rule-kind'
import { kindsOf, type Rule, sectionsOf } from './sections'

function rule(name: string, acl: string, log: string, allow: number, deny = 0): Rule {
  const sums = {
    flows: 0,
    bytes: 0,
    packets: 0,
    sources: 1,
    destinations: 1,
    ports: deny,
    publicSources: 0,
    publicDestinations: 0,
    sourceCover: [],
    destinationCover: [],
  }
  const seen = { first: `2024-08-12T${String(10 + allow).padStart(2, '0')}:00:00.000Z`, last: '2024-08-12T20:00:00.000Z' }
  return { rule: name, acl, log, kind: ruleKind(name), dir: 'in', tuples: allow + deny, allow, deny, ...sums, ...seen }
}

const rules = [
  rule('UserRule_b', '/x/web-nsg', 'one', 5),
  rule('DefaultRule_DenyAllInBound', '/x/web-nsg', 'one', 0, 9),
  rule('UserRule_B', '/x/web-nsg', 'two', 1),
  rule('UserRule_A', '/x/db-nsg', 'two', 3),
  rule('UserRule_a', '/x/web-nsg', 'one', 5),
]
const names = (sections: ReturnType<typeof sectionsOf>) => sections.map(({ log, acl, rows }) => [log, acl, ...rows.map((row) => row.rule)])

describe('sections', () => {
  it('are one for each log and ACL, the busiest first', () => {
    const sections = sectionsOf(rules, 'all', { column: 'tuples', descending: true })
    expect(names(sections)).toEqual([
      ['one', '/x/web-nsg', 'DefaultRule_DenyAllInBound', 'UserRule_a', 'UserRule_b'],
      ['two', '/x/db-nsg', 'UserRule_A'],
      ['two', '/x/web-nsg', 'UserRule_B'],
    ])
    expect(sections[0]).toMatchObject({ allow: 10, deny: 9 })
  })

  it('contain only the requested kind', () => {
    const sections = sectionsOf(rules, 'default', { column: 'tuples', descending: true })
    expect(names(sections)).toEqual([['one', '/x/web-nsg', 'DefaultRule_DenyAllInBound']])
    expect(sections[0]).toMatchObject({ allow: 0, deny: 9 })
  })

  it('sort by any column in either direction, names in their readable form', () => {
    const first = (column: 'rule' | 'deny' | 'first', descending: boolean) =>
      sectionsOf(rules, 'all', { column, descending })[0]!.rows[0]!.rule
    expect(first('rule', false)).toBe('UserRule_a')
    expect(first('rule', true)).toBe('DefaultRule_DenyAllInBound')
    expect(first('deny', false)).toBe('UserRule_a')
    expect(first('first', false)).toBe('DefaultRule_DenyAllInBound')
    expect(first('first', true)).toBe('UserRule_a')
  })
})

it('offers the kinds that occur', () => {
  expect(kindsOf(rules, RULE_KINDS)).toEqual(['user', 'default'])
  expect(kindsOf([], RULE_KINDS)).toEqual([])
})
