import { expect, it } from 'vitest'
import { layOutRecord } from './record-text'

const LINE = '1639372405,203.0.113.5,10.0.0.4,41234,3389,T,I,D,B,,,,'
const OTHER = '1639372406,203.0.113.6,10.0.0.4,41235,22,T,I,D,B,,,,'
const record = (rule: string) => JSON.stringify({ time: 't', rule, flowTuples: [OTHER, LINE, OTHER, LINE] })
const bytes = (text: string, index: number) => new TextEncoder().encode(text.slice(0, index)).length

it.each(['web', 'Regel für Bücher 🙂'])('finds the right one of two equal lines (%s)', (rule) => {
  const text = record(rule)
  const first = text.indexOf(LINE)
  const second = text.indexOf(LINE, first + 1)
  const a = layOutRecord(text, LINE, bytes(text, first))!
  const b = layOutRecord(text, LINE, bytes(text, second))!
  expect(a.text.slice(a.at, a.end)).toBe(LINE)
  expect(b.text.slice(b.at, b.end)).toBe(LINE)
  expect(a.text).toBe(b.text)
  expect(a.at).toBe(a.text.indexOf(LINE))
  expect(b.at).toBe(b.text.lastIndexOf(LINE))
  expect(a.text.split('\n').length).toBeGreaterThan(6)
})

it('leaves a record unchanged if it is not JSON', () => {
  const text = `{"flowTuples":["${LINE}",]}`
  const laidOut = layOutRecord(text, LINE, text.indexOf(LINE))!
  expect(laidOut.text).toBe(text)
  expect(laidOut.text.slice(laidOut.at, laidOut.end)).toBe(LINE)
})

it('returns null if the line is missing', () => expect(layOutRecord(record('web'), 'gone', 3)).toBeNull())
