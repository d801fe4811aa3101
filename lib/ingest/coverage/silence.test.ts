import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Blob } from '@/lib/flow/reading/blob'
import { HOUR } from '@/lib/flow/time/bucket'
import type { Placed } from './place'
import { silencesOf } from './silence'

const H = Date.UTC(2024, 7, 12, 10)
const SCOPE = { from: H, to: H + 24 * HOUR, filter: null, logs: [], asof: null }
const LATER = H + 99 * HOUR

function placed(log: string, mac: string, hours: readonly number[]): Placed[] {
  const facts = { state: undefined, met: true, failed: false, rejected: 0, lost: false }
  return hours.map((n) => {
    const hour = H + n * HOUR
    return { blob: { hour } as Blob, state: 'read', facts, log, mac, hour, from: hour, to: hour + HOUR }
  })
}

const hours = (...some: readonly [first: number, last: number][]) =>
  some.flatMap(([first, last]) => Array.from({ length: last - first + 1 }, (_, i) => first + i))

it('finds the hours in which all NICs of a log are silent, and counts the NICs', () => {
  const nics = ['A', 'B', 'C'].flatMap((mac) => placed('web', mac, hours([0, 3], [6, 10])))
  const other = placed('db', 'A', hours([0, 10]))
  expect(silencesOf([...nics, ...other], SCOPE, LATER)).toEqual([
    { from: '2024-08-12T14:00:00.000Z', to: '2024-08-12T16:00:00.000Z', nics: 3, of: 3 },
  ])
})

it('ignores the edges of a log, one silent NIC among many, and NICs that write irregularly', () => {
  const steady = ['A', 'B'].flatMap((mac) => placed('web', mac, hours([2, 8])))
  expect(silencesOf([...steady, ...placed('web', 'C', hours([2, 4], [6, 8]))], SCOPE, LATER)).toEqual([])
  expect(silencesOf(placed('web', 'D', [0, 5, 11]), SCOPE, LATER)).toEqual([])
})

it('agrees with a naive reading', () => {
  const nic = fc.uniqueArray(fc.nat(9), { maxLength: 10 })
  fc.assert(
    fc.property(fc.array(nic, { maxLength: 5 }), fc.array(nic, { maxLength: 5 }), (web, db) => {
      const logs = [web, db].map((nics) => nics.filter((own) => own.length > 0))
      const all = logs.flatMap((nics, log) => nics.flatMap((own, mac) => placed(`log ${log}`, `M${mac}`, own)))
      const said = silencesOf(all, SCOPE, LATER)
      for (let n = 0; n < 12; n++) {
        let [silent, expected] = [0, 0]
        for (const nics of logs) {
          const between = nics.filter((own) => {
            const [first, last] = [Math.min(...own), Math.max(...own)]
            return first < n && n < last && own.length / (last - first + 1) >= 0.5
          })
          const quiet = between.filter((own) => !own.includes(n))
          if (quiet.length <= between.length / 2) continue
          silent += quiet.length
          expected += between.length
        }
        const span = said.find(({ from, to }) => Date.parse(from) <= H + n * HOUR && H + n * HOUR < Date.parse(to))
        expect(span === undefined ? [0, 0] : [span.nics, span.of]).toEqual([silent, expected])
      }
    }),
  )
})
