import {
  AccountSASPermissions,
  AccountSASResourceTypes,
  AccountSASServices,
  generateAccountSASQueryParameters,
  StorageSharedKeyCredential,
} from '@azure/storage-blob'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { HOUR } from '@/lib/flow/time/bucket'
import { openConnectionString } from '@/lib/source/open'
import { Account, collect, QUICK } from '../test/account'
import { type Azurite, startAzurite } from '../test/azurite'
import { FLOW_CONTAINERS } from './azure'

const [NSG] = FLOW_CONTAINERS
const never = new AbortController().signal
const RESOURCE = 'resourceId=/SUBSCRIPTIONS/S/RESOURCEGROUPS/R/PROVIDERS/MICROSOFT.NETWORK'
const TAIL = 'y=2026/m=01/d=01/h=09/m=00/macAddress=001122AABBCC/PT1H.json'
const ALL = { first: 0, last: Date.UTC(2100) }
const LOG = Buffer.from('{"records":[{"category":"NetworkSecurityGroupFlowEvent"}]}')
const FLOWS: [string, string][] = [
  [NSG, `${RESOURCE}/NETWORKSECURITYGROUPS/A/${TAIL}`],
  ['case-7', `copied/${NSG}/${RESOURCE}/NETWORKSECURITYGROUPS/B/${TAIL}`],
  ['insights-logs-flownetworkflowevent', `flowLogResourceID=/S_NETWORKWATCHERRG/NETWORKWATCHER_EASTUS_F/${TAIL}`],
  ['loose', 'host 1/PT1H.json'],
  ['packed', 'PT1H.json.gz'],
]
const OTHERS: [string, string][] = [
  ['insights-logs-applicationgatewayaccesslog', `${RESOURCE}/APPLICATIONGATEWAYS/G/${TAIL}`],
  ['insights-logs-networksecuritygrouprulecounter', `${RESOURCE}/NETWORKSECURITYGROUPS/A/${TAIL}`],
  ['exports', `${RESOURCE}/APPLICATIONGATEWAYS/G/${TAIL}`],
  ['pictures', 'a.png'],
]

let azurite: Azurite
beforeAll(async () => {
  azurite = await startAzurite()
  const account = new Account(azurite.connectionString)
  for (const [container, name] of [...FLOWS, ...OTHERS]) {
    await account.create(container)
    await account.upload(container, name, LOG)
  }
  await account.create('empty')
})
afterAll(() => azurite?.stop())

async function listed(connectionString: string) {
  const source = openConnectionString(connectionString, { azure: { pace: QUICK } })
  const failed: string[] = []
  const aside: string[] = []
  const blobs = await source.list(ALL, never, (problem, about) => (about && 'aside' in about ? aside : failed).push(problem.message))
  return { source, blobs, names: blobs.map(({ container, name }) => [container, name]).sort(), failed, aside }
}

test('reads every container whose blob names show flow logs', async () => {
  const { source, blobs, names, failed, aside } = await listed(azurite.connectionString)
  expect(names).toEqual([...FLOWS].sort())
  expect([...failed, ...aside]).toEqual([])
  expect((await source.extents(never)).map(({ container }) => container).sort()).toEqual([
    'case-7',
    'insights-logs-flownetworkflowevent',
    NSG,
  ])
  expect(blobs.filter(({ hour }) => hour !== null).every(({ hour }) => hour === Date.UTC(2026, 0, 1) + 9 * HOUR)).toBe(true)
  const state = blobs.find(({ container }) => container === 'case-7')!
  const later = openConnectionString(azurite.connectionString)
  const reading = await later.open(state, { growing: true, signal: never })
  expect(await collect(reading.read(0, reading.length, never))).toEqual(LOG)
})

test('without the permission to list containers, reads the ones Azure writes to and reports it', async () => {
  const { account, port } = azurite
  const sas = generateAccountSASQueryParameters(
    {
      services: AccountSASServices.parse('b').toString(),
      resourceTypes: AccountSASResourceTypes.parse('co').toString(),
      permissions: AccountSASPermissions.parse('rl'),
      expiresOn: new Date('2099-01-01'),
    },
    new StorageSharedKeyCredential(account.name, account.key),
  )
  const text = `BlobEndpoint=http://127.0.0.1:${port}/${account.name};SharedAccessSignature=${sas}`
  const { names, failed, aside } = await listed(text)
  expect(names).toEqual([FLOWS[0]])
  expect(failed).toEqual([])
  expect(aside).toEqual([expect.stringMatching(/only the containers that Azure writes flow logs to are read$/)])
  expect(aside.join()).not.toContain('sig=')
})
