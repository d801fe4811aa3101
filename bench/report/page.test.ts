import { expect, it } from 'vitest'
import { mergeCharts, mergeRows, readCharts, readRows } from './page'

const PAGE = `# Benchmarks

| part | measured |
| --- | --- |
| cold | a \\| b |
| warm | one |
| warm | two |
`

it('replaces the rows of parts that were run again, and keeps the others', () => {
  const rows = readRows(PAGE)
  expect(rows).toEqual([
    ['cold', 'a | b'],
    ['warm', 'one'],
    ['warm', 'two'],
  ])
  expect(
    mergeRows(rows, [
      ['far', 'new'],
      ['warm', 'three'],
    ]),
  ).toEqual([
    ['cold', 'a | b'],
    ['warm', 'three'],
    ['far', 'new'],
  ])
})

it('replaces charts of the same title', () => {
  const chart = (title: string, value: number) => ({
    title,
    unit: 'µs',
    along: 'blobs',
    points: ['100'],
    lines: [{ name: 'Flowlens', values: [value] }],
  })
  const page = mergeCharts([], [chart('A', 1), chart('B', 2)]).join('\n')
  const read = readCharts(`${PAGE}\n${page}`)
  expect(read).toHaveLength(2)
  const merged = mergeCharts(read, [chart('A', 3)])
  expect(merged).toHaveLength(2)
  expect(merged[0]).toBe(read[1])
  expect(merged[1]).toContain('[3.00]')
})
