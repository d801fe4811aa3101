import { expect, it } from 'vitest'
import { readNaively } from '@/lib/parse/test/naive-reader'
import { LOOSE, scan, told } from '@/lib/parse/test/scan'

const head = (minute: number) =>
  `{"time":"2024-08-19T18:0${minute}:06.8944384Z","macAddress":"002248266DB9","category":"NetworkSecurityGroupFlowEvent","resourceId":"/SUBSCRIPTIONS/1/RESOURCEGROUPS/RG/PROVIDERS/MICROSOFT.NETWORK/NETWORKSECURITYGROUPS/WEB","properties":`
const flows = (minute: number) =>
  `{"Version":2,"flows":[{"rule":"a","flows":[{"mac":"002248266DB9","flowTuples":["${1724090400 + minute * 60},10.0.0.4,10.0.0.5,1,2,T,I,A,B,,,,"]}]}]}`
const record = (minute: number, behind = '') => `${head(minute)}${flows(minute)}${behind}}`

function agree(...records: string[]): number {
  const bytes = Buffer.from(`{"records":[${records.join(',')}]}`)
  const scanned = scan(bytes, LOOSE, () => bytes.length)
  expect(told(scanned)).toBe(told(readNaively(bytes, LOOSE)))
  return scanned.rows.length
}

it('reuses heads, with the time of each record', () => {
  expect(agree(record(1), record(2), record(3))).toBe(3)
})

it('continues after a head followed by any amount of space', () => {
  for (const space of [' ', '\n', '\r\n\t  ']) {
    expect(agree(record(1), record(2).replace('"properties":', `"properties":${space}`), record(3))).toBe(3)
    expect(agree(record(1).replace('"properties":', `"properties":${space}`), record(2), record(3))).toBe(3)
  }
})

it('does not reuse a head that differs or is incomplete', () => {
  const other = ',"category":"FlowLogFlowEvent"'
  expect(agree(record(1), record(2, other), record(3))).toBe(2)
  expect(agree(record(1), record(2, `${other},"x":{"y":tor`).slice(0, -1), record(3), record(4))).toBe(3)
  expect(agree(record(1), record(2, ',"time":"2024-08-19T19:00:00.0000000Z"'), record(3))).toBe(3)
  expect(agree(record(1), record(2, ',"macAddress":"000000000000","x":['), record(3), record(4))).toBeGreaterThan(1)
  expect(agree(record(1), `${head(2)}[]}`, record(3))).toBe(2)
})

it("reads a time in another form than Azure's, or none", () => {
  const odd = (time: string) => record(2).replace('2024-08-19T18:02:06.8944384Z', time)
  for (const time of ['2024-02-30T18:02:06.8944384Z', '2024-08-19T18:02:06.894438Z', '2124-08-19T18:02:06.8944384Z', 'x'.repeat(28), ''])
    agree(record(1), odd(time), record(3))
  agree(record(1), record(2).replace('{"time"', '{"time":"2024-08-19T17:00:00.0000000Z","time"'), record(3))
})
