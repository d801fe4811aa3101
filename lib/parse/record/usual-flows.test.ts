import { expect, it } from 'vitest'
import { readNaively } from '@/lib/parse/test/naive-reader'
import { LOOSE, scan, told } from '@/lib/parse/test/scan'

const TIME = Date.UTC(2024, 7, 19, 18)
const tuple = (minute: number, i: number) => `${TIME / 1000 + minute * 60 + i},10.0.0.4,10.0.0.${i},1,2,T,I,A`
const tuples = (minute: number, last: string) => [1, 2].map((i) => `"${tuple(minute, i)}${last}"`).join()
const time = (minute: number) => `{"time":"2024-08-19T18:0${minute}:06.8944384Z",`
const RESOURCE = '/SUBSCRIPTIONS/1/RESOURCEGROUPS/RG/PROVIDERS/MICROSOFT.NETWORK/NETWORKSECURITYGROUPS/WEB'

function nsg(version: 1 | 2, minute: number): [head: string, flows: string] {
  const rule = (name: string) =>
    `{"rule":"${name}","flows":[{"mac":"002248266DB9","flowTuples":[${tuples(minute, version === 1 ? '' : ',E,1,2,3,4')}]}]}`
  return [
    `${time(minute)}"macAddress":"002248266DB9","category":"NetworkSecurityGroupFlowEvent","resourceId":"${RESOURCE}","properties":`,
    `{"Version":${version},"flows":[${rule('a')},${rule(`b${minute}`)}]}}`,
  ]
}

function vnet(minute: number): [head: string, flows: string] {
  const row = (i: number) => `"${TIME + minute * 60_000 + i},10.0.0.4,2001:db8::${i},1,2,6,I,E,NX,1,2,3,4"`
  const rule = (name: string) => `{"rule":"${name}","flowTuples":[${row(1)},${row(2)}]}`
  const acl = (name: string) => `{"aclID":"${name}","flowGroups":[${rule('a')},${rule(`b${minute}`)}]}`
  return [
    `${time(minute)}"flowLogVersion":4,"flowLogGUID":"1","macAddress":"002248266DB9","category":"FlowLogFlowEvent","flowLogResourceID":"${RESOURCE}","flowRecords":`,
    `{"flows":[${acl('x')},${acl('y')}]}}`,
  ]
}

function agree(records: readonly string[], size = Number.POSITIVE_INFINITY): number {
  const bytes = Buffer.from(`{"records":[${records.join()}]}`)
  const scanned = scan(bytes, LOOSE, () => Math.min(size, bytes.length))
  expect(told(scanned)).toBe(told(readNaively(bytes, LOOSE)))
  return scanned.rows.length
}

const KINDS = { 'NSG version 1': (minute: number) => nsg(1, minute), 'NSG version 2': (minute: number) => nsg(2, minute), VNet: vnet }

it.each(Object.entries(KINDS))('reads %s records as the naive reader does, in any chunks', (_, kind) => {
  const records = [1, 2, 3].map((minute) => kind(minute).join(''))
  const rows = agree(records)
  expect(rows).toBe(kind === vnet ? 24 : 12)
  for (const size of [1, 97, 300, 500]) expect(agree(records, size)).toBe(rows)
})

it.each(Object.entries(KINDS))('reads %s records that differ in one byte as the naive reader does', (_, kind) => {
  const [first, last] = [kind(1).join(''), kind(3).join('')]
  const [head, flows] = kind(2)
  for (let at = 0; at < flows.length; at++) {
    const byte = '"\\ {}[],:x0'[at % 11]!
    const changed = [byte, '', `${byte}${flows[at]}`][at % 3]!
    agree([first, head + flows.slice(0, at) + changed + flows.slice(at + 1), last])
  }
})
