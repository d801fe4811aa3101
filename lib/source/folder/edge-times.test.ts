import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { edgeTimes } from './edge-times'

const dir = mkdtempSync(join(tmpdir(), 'flowlens-edges-'))
afterAll(() => rmSync(dir, { recursive: true }))

function timesIn(text: string): string[] {
  const path = join(dir, 'blob.json')
  writeFileSync(path, text)
  return edgeTimes(path, text.length).map((time) => new Date(time).toISOString().slice(11, 16))
}

const at = (minute: string, space = '') => `{"time"${space}:${space}"2024-08-19T18:${minute}:06.89Z"}`

it('finds the times of the first and last record', () => {
  expect(timesIn(`[${at('01')},${at('02')},${at('03', ' \n')}]`)).toEqual(['18:01', '18:03'])
  expect(timesIn(at('01'))).toEqual(['18:01', '18:01'])
})

it('finds them beside other content, and when records are long', () => {
  const other = '{"time":1,"a":"time"}'
  expect(timesIn(`[${other},${at('01')},${at('02')},${other}]`)).toEqual(['18:01', '18:02'])
  expect(timesIn(`${at('01')}${at('02')}${'x'.repeat(30_000)}`)).toEqual(['18:01', '18:02'])
  expect(timesIn(`${'x'.repeat(5000)}${at('01')}`)).toEqual(['18:01'])
})

it('finds nothing in a file without times, an empty one, or none', () => {
  timesIn(`[${at('01')},${at('02')}]`)
  expect(timesIn('x'.repeat(200))).toEqual([])
  expect(timesIn('')).toEqual([])
  expect(timesIn('{"time":"2024-13-19T18:00:00Z"}')).toEqual([])
  expect(edgeTimes(join(dir, 'missing'), 9)).toEqual([])
})
