import { expect, it } from 'vitest'
import { Known } from '@/lib/context/known'
import { readFound } from '@/lib/context/read/read-file'
import { parseAddress } from '@/lib/flow/address/address'
import type { ContextName } from '@/lib/flow/field/context'
import { contextFiles } from './context'
import { NICS, STRANGERS } from './traffic/network'

const files = Object.entries(contextFiles()).map(([name, content]) => readFound(name, Buffer.from(content)))
const known = Known.of(
  files.flatMap(({ sets }) => sets),
  'x',
)
const told = (name: ContextName, address: string) =>
  known.told(name, parseAddress(address)!, known.whose!.placeOf('', false)).map(({ text }) => text)

it('every file of the demo is read completely', () => {
  expect(files.flatMap(({ failure, sets }) => [failure, ...sets.flatMap(({ refused }) => refused)]).filter((one) => one !== null)).toEqual(
    [],
  )
})

it('names every NIC by its addresses', () => {
  for (const { name, addresses, address6 } of NICS)
    for (const address of [...addresses, ...(address6 === null ? [] : [address6])]) expect(told('vm', address), address).toEqual([name])
})

it('knows the networks of the intruder and the beacon, and lists the beacon', () => {
  expect(told('org', STRANGERS.intruder)).toEqual(['Quiet Harbour Hosting, Ltd.'])
  expect(told('country', STRANGERS.beacon)).toEqual(['SC'])
  expect(told('list', STRANGERS.beacon)).toEqual(['command-and-control'])
  expect(told('list', STRANGERS.intruder)).toEqual([])
  expect(told('tag', STRANGERS.updates[0])).toEqual(['AzureUpdateDelivery', 'AzureCloud.westeurope', 'AzureCloud'])
})
