import { StorageSharedKeyCredential } from '@azure/storage-blob'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { DAY, HOUR } from '@/lib/flow/time/bucket'
import { connect } from '@/lib/source/request/client'
import { manner } from '@/lib/source/request/request'
import { Account, sourceAt } from '../test/account'
import { type Azurite, startAzurite } from '../test/azurite'
import { FLOW_CONTAINERS } from './azure'
import { calendarOf } from './calendar'
import { AzureLister } from './list'

const [NSG] = FLOW_CONTAINERS
const never = new AbortController().signal
const SCOPE = 'resourceId=/SUBSCRIPTIONS/S/RESOURCEGROUPS/R/PROVIDERS/MICROSOFT.NETWORK/NETWORKSECURITYGROUPS'
const NINE = Date.UTC(2026, 0, 1, 9)
const TAIL = 'm=00/macAddress=001122AABBCC'
const DATED = [
  `${SCOPE}/NSG1/y=2026/m=01/d=01/h=09/${TAIL}/PT1H.json`,
  `${SCOPE}/NSG2/y=2026/m=01/d=01/h=09/${TAIL}/PT1H (1).json`,
  `${SCOPE}/NSG3/y=2026/m=1/d=1/h=9/${TAIL}/PT1H.json`,
  `${SCOPE}/NSG3/y=2026/m=01/d=1/h=09/${TAIL}/PT1H.json`,
  `${SCOPE}/NSG4/y=2026/m=01/d=01/h=09/${TAIL}/PT1H.json`.toLowerCase(),
  `${SCOPE}/NSG5/Y=2026/M=01/D=01/H=09/${TAIL}/PT1H.JSON`,
  `${SCOPE}/NSG1/y=2026/m=01/d=01/h=9/${TAIL}/PT1H.json`,
]
const UNDATED = [`${SCOPE}/NSG1/y=2026/all.json`, `${SCOPE}/NSG1/y=2026/copies/PT1H.json`, 'loose.json']
const OTHER = [`${SCOPE}/NSG1/y=2025/m=12/d=31/h=23/${TAIL}/PT1H.json`, `${SCOPE}/NSG3/y=2026/m=2/d=3/h=4/${TAIL}/PT1H.json`]

let azurite: Azurite
beforeAll(async () => {
  azurite = await startAzurite()
  const account = new Account(azurite.connectionString)
  await account.create(NSG)
  await Promise.all([...DATED, ...UNDATED, ...OTHER].map((name) => account.upload(NSG, name, Buffer.from('{}'))))
})
afterAll(() => azurite?.stop())

describe("names spelled differently from Azure's", () => {
  test.each<[string, number, number]>([
    ['its hour', NINE, NINE],
    ['two hours', NINE - HOUR, NINE],
    ['its day', NINE - 9 * HOUR, NINE + 14 * HOUR],
    ['a week', NINE - 3 * DAY, NINE + 4 * DAY],
    ['a year', NINE - 180 * DAY, NINE + 180 * DAY],
    ['all times', 0, Date.UTC(2100)],
  ])('are found by %s', async (_, first, last) => {
    const blobs = await sourceAt(azurite).list({ first, last }, never)
    expect(new Set(blobs.map(({ id }) => id)).size).toBe(blobs.length)
    const names = blobs.filter(({ hour }) => hour === null || hour === NINE).map(({ name }) => name)
    expect(names.sort()).toEqual([...DATED, ...UNDATED].sort())
  })

  test("belong to logs like Azure's names", async () => {
    const extents = await sourceAt(azurite).extents(never)
    expect(extents.map(({ scope, first, last }) => [scope.split('/').at(-1), first, last]).sort()).toEqual([
      ['NSG1', NINE - 10 * HOUR, NINE],
      ['NSG2', NINE, NINE],
      ['NSG3', NINE, Date.UTC(2026, 1, 3, 4)],
      ['NSG5', NINE, NINE],
      ['nsg4', NINE, NINE],
    ])
  })

  test('are found in a base with more blobs than fit on one page', async () => {
    const { account, port } = azurite
    const client = connect(`http://127.0.0.1:${port}/${account.name}`, new StorageSharedKeyCredential(account.name, account.key))
    const lister = new AzureLister('small pages', () => client(NSG).client, manner(), 2)
    const { days, hours, undated } = await calendarOf(lister, `${SCOPE}/NSG1/`, never)
    expect(hours).toBeNull()
    expect([...days.keys()]).toEqual([Date.UTC(2025, 11, 31), Date.UTC(2026, 0, 1)])
    expect(undated.map(({ name }) => name).sort()).toEqual(UNDATED.slice(0, 2))
    const other = await calendarOf(lister, `${SCOPE}/NSG3/`, never)
    expect([...other.days.get(Date.UTC(2026, 0, 1))!].sort()).toEqual([`${SCOPE}/NSG3/y=2026/m=01/d=1/`, `${SCOPE}/NSG3/y=2026/m=1/d=1/`])
  })
})
