import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { readFound } from '@/lib/context/read/read-file'
import { Problem } from '@/lib/flow/problem'
import { readInventory } from './inventory'
import { KeptInventory } from './kept-inventory'
import { managementOf } from './management'
import type { Graph } from './resources'

const SECRET = 'token-that-nobody-may-see'
const ID = '/subscriptions/s/resourceGroups/g/providers/Microsoft.Network'

interface Asked {
  path: string
  authorization: string | undefined
  query: string
  options: { $top: number; $skipToken?: string; resultFormat: string }
}

/** A stand-in for Resource Graph: pages of 1,000 in the order of ids, behind its quota. */
class StandIn {
  readonly asked: Asked[] = []
  resources: unknown[] = []
  /** Faults that replace the answers to the next requests, one each. */
  readonly faults: ((response: ServerResponse) => void)[] = []
  remaining = 15
  private readonly server: Server

  constructor() {
    this.server = createServer((request, response) => void this.answer(request, response))
  }

  async listen(): Promise<string> {
    await new Promise<void>((done) => this.server.listen(0, '127.0.0.1', done))
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`
  }

  close(): void {
    this.server.closeAllConnections()
    this.server.close()
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const { query, options } = JSON.parse(Buffer.concat(chunks).toString()) as Pick<Asked, 'query' | 'options'>
    this.asked.push({ path: `${request.method} ${request.url}`, authorization: request.headers.authorization, query, options })
    const fault = this.faults.shift()
    if (fault) return fault(response)
    const from = Number(options.$skipToken ?? 0)
    const data = this.resources.slice(from, from + options.$top)
    const next = from + options.$top < this.resources.length ? String(from + options.$top) : undefined
    response.setHeader('x-ms-user-quota-remaining', String(--this.remaining))
    response.setHeader('x-ms-user-quota-resets-after', '00:00:04')
    response.end(
      JSON.stringify({ totalRecords: this.resources.length, count: data.length, resultTruncated: 'false', data, $skipToken: next }),
    )
  }
}

const nic = (i: number) => ({
  id: `${ID}/networkInterfaces/nic-${i}`,
  name: `nic-${i}`,
  type: 'microsoft.network/networkinterfaces',
  location: 'westeurope',
  properties: {
    macAddress: `00-22-48-00-${(i >> 8).toString(16).padStart(2, '0')}-${(i & 255).toString(16).padStart(2, '0')}`.toUpperCase(),
    ipConfigurations: [
      {
        etag: 'W/"1"',
        properties: { privateIPAddress: `10.0.${i >> 8}.${i & 255}`, subnet: { id: `${ID}/virtualNetworks/hub/subnets/web` } },
      },
    ],
    virtualMachine: { id: `/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/vm-${i}` },
    dnsSettings: { dnsServers: [] },
  },
})
const vnet = {
  id: `${ID}/virtualNetworks/hub`,
  name: 'hub',
  type: 'microsoft.network/virtualnetworks',
  properties: {
    addressSpace: { addressPrefixes: ['10.0.0.0/8'] },
    subnets: [{ name: 'web', properties: { addressPrefix: '10.0.0.0/16' } }],
  },
}
const nsg = {
  id: `${ID}/networkSecurityGroups/front`,
  name: 'front',
  type: 'microsoft.network/networksecuritygroups',
  properties: { securityRules: [{ name: 'web', properties: { priority: 100 } }] },
}
const vm = {
  id: '/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/vm-1',
  name: 'vm-1',
  type: 'microsoft.compute/virtualmachines',
  properties: { networkProfile: { networkInterfaces: [{ id: nic(1).id }] }, osProfile: { adminUsername: 'root-of-all' } },
}

let standIn: StandIn
let graph: Graph
let waits: number[]

beforeEach(async () => {
  standIn = new StandIn()
  waits = []
  graph = {
    endpoint: await standIn.listen(),
    credential: { getToken: async () => ({ token: SECRET, expiresOnTimestamp: Number.POSITIVE_INFINITY }) },
    wait: async (ms) => void waits.push(ms),
    random: () => 1,
  }
})
afterEach(() => standIn.close())

const refuses =
  (status: number, body: unknown, headers: Record<string, string> = {}) =>
  (response: ServerResponse) => {
    response.writeHead(status, headers)
    response.end(typeof body === 'string' ? body : JSON.stringify(body))
  }

describe('an inventory from Resource Graph', () => {
  it('is read in pages of 1,000, and parsed like an inventory file', async () => {
    standIn.resources = [...Array.from({ length: 2100 }, (_, i) => nic(i)), vnet, vm, nsg]
    const text = await readInventory(graph)
    expect(standIn.asked.map(({ path, options }) => [path, options.$top, options.$skipToken, options.resultFormat])).toEqual(
      [undefined, '1000', '2000'].map((token) => [
        'POST /providers/Microsoft.ResourceGraph/resources?api-version=2022-10-01',
        1000,
        token,
        'objectArray',
      ]),
    )
    for (const { authorization, query } of standIn.asked) {
      expect(authorization).toBe(`Bearer ${SECRET}`)
      expect(query).toContain('microsoft.network/networkinterfaces')
      expect(query).toContain('order by id')
    }
    const { sets, failure } = readFound('azure.json', Buffer.from(text))
    expect(failure).toBeNull()
    expect(sets.map(({ kind, entries }) => [kind, entries])).toEqual([
      ['inventory', 2100],
      ['rules', 1],
    ])
    expect(sets[0]!.inventory!.nics[2099]).toMatchObject({ mac: '002248000833', vm: 'vm-2099' })
    expect(sets[0]!.inventory!.vnets).toHaveLength(1)
    expect(sets[0]!.inventory!.vms).toHaveLength(1)
    expect(text).not.toMatch(/root-of-all|etag|dnsSettings/)
    expect(await readInventory(graph)).toBe(text)
  })

  it('honours the quota: its spacing, the remaining number, and the requested wait', async () => {
    standIn.resources = Array.from({ length: 3500 }, (_, i) => nic(i))
    standIn.remaining = 2
    standIn.faults.push(refuses(429, { error: { code: 'RateLimiting' } }, { 'retry-after': '7' }))
    await readInventory(graph)
    expect(standIn.asked).toHaveLength(5)
    const [asked, first, second, third] = waits
    expect(asked).toBe(7000)
    expect(first).toBeCloseTo(5000 / 15)
    expect(second).toBe(4000)
    expect(third).toBeCloseTo(5000 / 15)
  })

  it.each([
    [403, { error: { code: 'AuthorizationFailed', message: 'x' } }, /refused the query \(403 AuthorizationFailed\): .*role Reader/, 1],
    [401, { error: { code: 'InvalidAuthenticationToken' } }, /refused the query \(401 InvalidAuthenticationToken\)/, 1],
    [400, { error: { code: 'BadRequest' } }, /did not answer the query \(400 BadRequest\)/, 1],
    [503, { error: { code: 'ServiceUnavailable' } }, /did not answer the query \(503 ServiceUnavailable\)/, 6],
    [429, {}, /takes no more queries/, 6],
    [502, '<html>', /could not be reached.*502/, 6],
    [200, 'not json', /could not be reached/, 1],
    [200, {}, /without data/, 1],
    [200, { data: [nic(1)], resultTruncated: 'true' }, /cut its answer off/, 1],
    [200, { data: [] }, /returned nothing: .*role Reader/, 1],
  ])('fails with %i %j', async (status, body, says, tries) => {
    for (let i = 0; i < 6; i++) standIn.faults.push(refuses(status, body))
    const error = await readInventory(graph).catch((caught: unknown) => caught as Error)
    expect((error as Error).message).toMatch(says)
    expect(String((error as Error).message)).not.toContain(SECRET)
    expect(standIn.asked).toHaveLength(tries)
  })

  it('stops if the service repeats a page', async () => {
    for (let i = 0; i < 3; i++) standIn.faults.push(refuses(200, { data: [nic(i)], $skipToken: 'again' }))
    await expect(readInventory(graph)).rejects.toThrow(/same page twice/)
  })

  it('is requested again after a cut connection, and names a host that does not answer', async () => {
    standIn.resources = [nic(1)]
    standIn.faults.push((response) => void response.destroy())
    await readInventory(graph)
    standIn.close()
    await expect(readInventory({ ...graph, endpoint: 'http://127.0.0.1:9' })).rejects.toThrow(/127\.0\.0\.1:9 could not be reached/)
  })
})

describe('the kept inventory', () => {
  const folder = mkdtempSync(join(tmpdir(), 'flowlens-inventory-'))
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  it('is a file for its owner alone; it stays while the service fails, and is removed once access is denied', async () => {
    const path = join(folder, 'inventory', 'azure.json')
    const told: string[] = []
    let answer: ((text: string | Error) => void) | null = null
    const read = () =>
      new Promise<string>((resolve, reject) => {
        answer = (text) => (text instanceof Error ? reject(text) : resolve(text))
      })
    const answers = async (text: string | Error) => {
      await vi.waitFor(() => expect(answer).not.toBeNull(), { timeout: 60_000 })
      const give = answer!
      answer = null
      give(text)
      await vi.waitFor(() => expect(answer).not.toBeNull(), { timeout: 60_000 })
    }
    const kept = new KeptInventory(path, read, (message) => told.push(message), 1, 1)
    try {
      await answers('one')
      expect(readFileSync(path, 'utf8')).toBe('one')
      expect(statSync(path).mode & 0o777).toBe(0o600)
      await answers('two')
      await answers(new Error('out of reach'))
      expect([kept.failure, readFileSync(path, 'utf8')]).toEqual(['out of reach', 'two'])
      await answers(new Error('out of reach'))
      await answers('three')
      expect([kept.failure, readFileSync(path, 'utf8')]).toEqual([null, 'three'])
      await answers(new Problem('denied', 'refused'))
      expect([kept.failure, existsSync(path)]).toEqual(['refused', false])
      expect(told).toEqual(['Inventory was not read: out of reach', 'Inventory was not read: refused'])
    } finally {
      kept.close()
    }
  })
})

it.each([
  ['https://login.microsoftonline.com', 'https://management.azure.com'],
  ['https://login.microsoftonline.us', 'https://management.usgovcloudapi.net'],
  ['https://login.chinacloudapi.cn', 'https://management.chinacloudapi.cn'],
  ['https://entra.example', 'https://management.azure.com'],
])('%s is of the cloud of %s', (authority, endpoint) => expect(managementOf(authority)).toBe(endpoint))
