import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeCsv } from './csv'

const TRIGGERS = ['=', '+', '-', '@', '\t', '\r', '\n', '\0', '＝', '＋', '－', '＠']

describe('CSV', () => {
  it.each(TRIGGERS)('prevents text that begins with %j from running as a formula', (sign) => {
    const csv = encodeCsv(['rule'], [{ rule: `${sign}1+cmd|' /C calc'!A0` }], false)
    expect(parse(csv)).toEqual([[`'${sign}1+cmd|' /C calc'!A0`]])
  })

  it('leaves numbers unchanged, and writes nothing for null', () => {
    expect(encodeCsv(['a', 'b', 'c'], [{ a: -5, b: 0, c: null }], true)).toBe('a,b,c\r\n-5,0,\r\n')
  })

  it('returns every text, with a quote before a formula', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme', minLength: 1 }), { minLength: 1 }), (cells) => {
        const rows = parse(
          encodeCsv(
            ['cell'],
            cells.map((cell) => ({ cell })),
            true,
          ),
          { columns: true },
        ) as { cell: string }[]
        const found = rows.map(({ cell }) => cell)
        expect(found).toEqual(cells.map((cell) => (TRIGGERS.includes(cell[0]!) ? `'${cell}` : cell)))
        for (const cell of found) expect(TRIGGERS).not.toContain(cell[0])
      }),
    )
  })
})
