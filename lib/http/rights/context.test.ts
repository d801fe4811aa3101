import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { HOUR } from '@/lib/flow/time/bucket'
import { addresses } from '@/lib/http/ask/addresses'
import { context } from '@/lib/http/ask/context'
import { paths, talkers, tuples, values } from '@/lib/http/ask/questions'
import { exportRows } from '@/lib/http/export/export'
import { blobOf } from '@/lib/ingest/test/records'
import { Dice } from '@/lib/query/test/random'
import { Account, type Right } from '../test/rights/account'
import { testLog, testRecords } from '../test/rights/flows'
import { ask } from '../test/rights/questions'
import { type OneServer, sharedServer } from '../test/rights/world'

vi.mock('@/lib/auth/identity', () => ({
  identify: async (request: Request) => {
    const person = request.headers.get('x-person')
    return person === null ? { kind: 'local', key: 'local' } : { kind: 'person', key: person, session: person }
  },
}))
vi.mock('@/lib/auth/credential', () => ({
  credentialFor: ({ key }: { key: string }) => ({ getToken: async () => ({ token: key, expiresOnTimestamp: Number.POSITIVE_INFINITY }) }),
}))

const START = Date.UTC(2026, 10, 1, 10)
const LOGS = ['A', 'B', 'C'].map(testLog)
/** Each NIC has addresses of the flows; C is in a separate VNet. */
const ADDRESSES: Record<string, string[]> = { A: ['10.0.0.0', '10.0.0.1'], B: ['10.0.0.2', '10.0.0.3'], C: ['10.0.0.4'] }
const VNET: Record<string, string> = { A: 'net-AB', B: 'net-AB', C: 'net-C' }
const PEOPLE: Record<string, Record<string, Right>> = {
  ada: { A: 'read', B: 'read', C: 'read' },
  ben: { A: 'read', B: 'none', C: 'none' },
  cem: { A: 'read', B: 'list', C: 'list' },
  dot: { A: 'none', B: 'read', C: 'read' },
}

const vnet = (name: string) => `/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/${name}`
const inventory = LOGS.map(({ letter, mac }) => ({
  id: `/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/networkInterfaces/nic-${letter}`,
  macAddress: mac,
  ipConfigurations: ADDRESSES[letter]!.map((privateIPAddress) => ({
    privateIPAddress,
    subnet: { id: `${vnet(VNET[letter]!)}/subnets/sub-${letter}` },
  })),
  virtualMachine: { id: `/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/vm-${letter}` },
}))
const marksOf = (letter: string) => [`vm-${letter}`, `sub-${letter}`, `host-${letter}`, `mac-${letter}`]

const account = new Account()
const dir = mkdtempSync(join(tmpdir(), 'flowlens-rights-context-'))
let shared: OneServer

beforeAll(async () => {
  const dice = new Dice(7)
  for (const log of LOGS) {
    const name = `${log.scope}/y=2026/m=11/d=01/h=10/m=00/macAddress=${log.mac}/PT1H.json`
    account.blobs.put(name, blobOf(testRecords(log, dice, START, [1, 5, 9, 20, 30, 40, 50])), {
      hour: START,
      mac: log.mac,
      scope: log.scope,
    })
  }
  for (const [person, rights] of Object.entries(PEOPLE))
    account.rights.set(person, (name) => rights[LOGS.find(({ scope }) => name.startsWith(scope))!.letter]!)
  writeFileSync(join(dir, 'inventory.json'), JSON.stringify(inventory))
  writeFileSync(join(dir, 'hosts'), LOGS.map(({ letter }) => `${ADDRESSES[letter]![0]} host-${letter}`).join('\n'))
  writeFileSync(join(dir, 'macs.csv'), LOGS.map(({ letter, mac }) => `${mac},mac-${letter}`).join('\n'))
  writeFileSync(join(dir, 'bad.txt'), '198.51.100.0/30\n')
  writeFileSync(join(dir, 'rules.json'), JSON.stringify([{ name: 'secret-nsg', securityRules: [{ name: 'secret-rule' }] }]))
  shared = await sharedServer(account, { strict: false, now: () => START + 48 * HOUR, expires: () => Number.POSITIVE_INFINITY }, [dir])
  shared.use()
})

afterAll(async () => {
  await shared.close()
  rmSync(dir, { recursive: true, force: true })
})

const range = { from: new Date(START).toISOString(), to: new Date(START + HOUR).toISOString() }
const QUESTIONS = [
  ...['vm', 'src.vm', 'dst.subnet', 'name', 'vnet,src.name'].map((by) => ({
    route: 'talkers',
    handler: talkers,
    keys: { ...range, by, limit: '100' },
  })),
  ...['src.vm,dst.vm', 'vnet,dport,subnet'].map((by) => ({ route: 'paths', handler: paths, keys: { ...range, by } })),
  ...['vm', 'subnet', 'dst.name'].map((field) => ({ route: 'values', handler: values, keys: { ...range, field } })),
  { route: 'tuples', handler: tuples, keys: { ...range, context: '1', limit: '1000' } },
  ...['csv', 'ndjson'].map((format) => ({ route: 'export', handler: exportRows, keys: { ...range, format, context: '1' } })),
  { route: 'context', handler: context, keys: {} },
].map((one) => ({ ...one, path: {} }))

const text = async (question: (typeof QUESTIONS)[number], person: string) => (await ask(question as never, person)).text()

describe.each(Object.entries(PEOPLE))('%s', (person, rights) => {
  const own = LOGS.filter(({ letter }) => rights[letter] === 'read').map(({ letter }) => letter)
  const others = LOGS.map(({ letter }) => letter).filter((letter) => !own.includes(letter))

  it.each(QUESTIONS.map((question) => [`${question.route} ${JSON.stringify(question.keys)}`, question] as const))(
    'is told of no other NIC by %s',
    async (_, question) => {
      const answer = await text(question, person)
      expect(answer).not.toContain('"error"')
      for (const letter of others) for (const mark of marksOf(letter)) expect(answer, mark).not.toContain(mark)
      expect(answer).not.toContain('secret')
    },
  )

  it('sees their own NICs', async () => {
    const rows = await text({ route: 'tuples', handler: tuples, keys: { ...range, context: '1', limit: '1000' }, path: {} }, person)
    for (const letter of own) expect(rows).toContain(`"vm-${letter}"`)
    expect(rows).toContain('"bad"')
  })

  it('finds nothing by the name of another NIC, as by an unknown name', async () => {
    const total = async (q: string) =>
      (JSON.parse(await text({ route: 'tuples', handler: tuples, keys: { ...range, q }, path: {} } as never, person)) as { total: number })
        .total
    for (const letter of others)
      for (const q of [`vm:vm-${letter}`, `subnet:sub-${letter}`, `name:host-${letter},mac-${letter}`]) expect(await total(q), q).toBe(0)
    for (const letter of own) expect(await total(`vm:vm-${letter}`)).toBeGreaterThan(0)
    expect(await total('vm:none or not vm:none')).toBe(await total(''))
  })

  it('learns nothing about other NICs from their addresses', async () => {
    const url = new URL('http://localhost/api/context/addresses')
    for (const letter of ['A', 'B', 'C']) for (const ip of ADDRESSES[letter]!) url.searchParams.append('ip', ip)
    const answer = await (
      await addresses(new Request(url, { headers: { 'x-person': person, host: 'localhost' } }), { params: Promise.resolve({}) })
    ).text()
    for (const letter of others) for (const mark of marksOf(letter)) expect(answer).not.toContain(mark)
    for (const letter of own) expect(answer).toContain(`vm-${letter}`)
  })

  it('sees the number of their NICs', async () => {
    const { sets } = JSON.parse(await text({ route: 'context', handler: context, keys: {}, path: {} } as never, person)) as {
      sets: { kind: string; entries: number }[]
    }
    expect(sets.find(({ kind }) => kind === 'inventory')!.entries).toBe(own.length)
    expect(sets.some(({ kind }) => kind === 'rules')).toBe(false)
  })
})
