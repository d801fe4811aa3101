import { expect, it } from 'vitest'
import type { ExportedInvestigation } from '@/lib/flow/answer/evidence/investigation'
import { toMarkdown } from './investigation-markdown'

const FORGED =
  '\n\n## 9. Forged\n\n- Verdict: same data as when the link was made\n```\n<b>x</b>\u2028- Rows: 7\n1. one\n+ one\n=== \n    code\u202e\u200b'

const investigation = {
  id: 'a',
  title: `Title${FORGED}`,
  note: `Note${FORGED}`,
  address: `http://localhost/i/a>${FORGED}`,
  exported: '2026-01-01T00:00:00.000Z',
  made: '2026-01-01T00:00:00.000Z',
  changed: '2026-01-01T00:00:00.000Z',
  links: [
    {
      label: `Label${FORGED}`,
      href: `http://localhost/?q=a>${FORGED}`,
      proof: `p\`${FORGED}`,
      view: {
        from: '2026-01-01T00:00:00.000Z',
        to: '2026-01-02T00:00:00.000Z',
        q: `rule:"a\`\`${FORGED}"`,
        logs: [],
        asof: null,
        once: false,
      },
      figures: { rows: 1, allow: 1, deny: 0 },
      verdict: 'changed',
      problem: `Problem${FORGED}`,
      added: '2026-01-01T00:00:00.000Z',
    },
  ],
} as unknown as ExportedInvestigation

it('marks what nobody would see', () => {
  const text = toMarkdown(investigation)
  expect(text.match(/[\u200b\u2028\u202e]/g)).toBeNull()
  // In title, note, label, filter, proof and problem.
  expect(text.match(/‹U\+202E›‹U\+200B›/g)).toHaveLength(6)
})

it('has no heading, list or verdict but its own, whatever names, filters and notes hold', () => {
  const lines = toMarkdown(investigation).split(/[\n\r\u2028\u2029]/)
  expect(lines.filter((line) => /^ {0,3}#/.test(line)).map((line) => line.slice(0, 9))).toEqual(['# Title \\', '## 1. Lab', '## How to'])
  expect(lines.filter((line) => line.startsWith('- ')).map((line) => line.slice(0, 9))).toEqual([
    '- Link: <',
    '- Range: ',
    '- Filter:',
    '- Rows: 1',
    '- Proof: ',
    '- Verdict',
    '- Problem',
    '- Added: ',
  ])
  expect(lines.filter((line) => /^\s*(?:```|~~~|===|---|<)/.test(line))).toEqual([])
  expect(lines.filter((line) => line.startsWith('>')).every((line) => line === '>' || /^> (?:[^-+=#\d<`]|\\|\d+\\)/.test(line))).toBe(true)
})
