import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, it } from 'vitest'
import { describeLog } from '@/lib/flow/tuple/log'
import { Families, VNET_V4 } from './groups'

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

const LOG = describeLog('s', '/SUBSCRIPTIONS/S/FLOWLOGS/L')
const MANY = 150_000
const named = (text: string) => ({ text, bytes: new Uint8Array(0) })
const ONE = named('one')

type Meet = (families: Families, i: number) => unknown

/** Returns by how many bytes the heap grows while a record with so many groups is read. */
function growth(count: number, meet: Meet): number {
  const families = new Families('s', new Map(), 65_536)
  collect()
  const before = process.memoryUsage().heapUsed
  families.begin()
  for (let i = 0; i < count; i++) meet(families, i)
  collect()
  const after = process.memoryUsage().heapUsed
  expect(families.tooMany).toBe(true)
  return after - before
}

it.each<[string, Meet]>([
  ['rules', (families, i) => families.family(VNET_V4, LOG, '', ONE, named(`r${i}`)).plainId()],
  ['ACLs', (families, i) => families.family(VNET_V4, LOG, '', named(`a${i}`), ONE).plainId()],
  ['MACs', (families, i) => families.family(VNET_V4, LOG, `m${i}`, ONE, ONE).plainId()],
  ['undocumented states', (families, i) => families.family(VNET_V4, LOG, '', ONE, ONE).oddId(null, null, `s${i}`)],
])('holds no more %s of a record in memory than it may have', (_, meet) => {
  expect(growth(MANY, meet)).toBeLessThan(1.5 * growth(32_769, meet))
})
