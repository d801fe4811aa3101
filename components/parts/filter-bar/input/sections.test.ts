import { describe, expect, it } from 'vitest'
import { expectedAt } from '@/lib/link/editing/expected'
import { completionSections, historySections } from './sections'

const at = (text: string) => expectedAt(text, text.length)!

describe('completionSections', () => {
  it('separates operators, fields, values and words', () => {
    const sections = completionSections(at('a port'), 'rule', { total: 1, rows: [{ value: 'UserRule_Port', tuples: 7 }] })
    expect(sections.map(({ title, choices }) => [title, choices.length])).toEqual([
      ['Operators', 6],
      ['Fields', 2],
      ['Rule', 1],
    ])
  })
  it('shows how many values are left out, and the service of a port', () => {
    expect(completionSections(at('dport:33'), 'dport', { total: 1200, rows: [{ value: '3389', tuples: 5 }] })).toEqual([
      {
        title: 'Destination port',
        note: '1 of 1,200',
        choices: [{ kind: 'value', label: '3389', text: '3389', about: 'rdp', tuples: 5 }],
      },
    ])
  })
  it('offers the words of a field while its values are unknown', () => {
    expect(completionSections(at('action:'), null, null)).toEqual(completionSections(at('action:'), 'action', null))
    const [section] = completionSections(at('action:'), 'action', null)
    expect(section!.choices.map(({ text, tuples }) => [text, tuples])).toEqual([
      ['allow', undefined],
      ['deny', undefined],
    ])
  })
  it('is empty if nothing matches', () => {
    expect(completionSections(at('src:10.'), 'src', { total: 0, rows: [] })).toEqual([])
  })
})

it('lists earlier filters except the current one', () => {
  expect(historySections(['b', 'a'], ' b ')[0]!.choices.map(({ text }) => text)).toEqual(['a'])
  expect(historySections(['b'], 'b')).toEqual([])
})
