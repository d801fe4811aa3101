import { setTimeout as sleep } from 'node:timers/promises'
import { StorageSharedKeyCredential } from '@azure/storage-blob'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Blob } from '@/lib/flow/reading/blob'
import { DAY, HOUR } from '@/lib/flow/time/bucket'
import { formatPath } from '@/lib/source/model/path'
import type { Source } from '@/lib/source/model/source'
import { connect } from '@/lib/source/request/client'
import { Account, BIG, bytesOf, collect, QUICK, sourceAt } from '../test/account'
import { type Azurite, startAzurite } from '../test/azurite'
import { type FaultProxy, startFaultProxy } from '../test/fault-proxy'
import { AzureSource, FLOW_CONTAINERS } from './azure'

const [NSG, VNET] = FLOW_CONTAINERS
const SCOPE = 'resourceId=/SUBSCRIPTIONS/S/RESOURCEGROUPS/R/PROVIDERS/MICROSOFT.NETWORK/NETWORKSECURITYGROUPS/WEB'
const TODAY = Date.UTC(2026, 10, 23)
const NOW = TODAY + 12 * HOUR
const MACS = ['000D3A000001', '000D3A000002', '000D3A000003']
const HOURS = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]
const OLDEST = Date.UTC(2025, 11, 31, 23)
const never = new AbortController().signal
const still = { growing: false, signal: never }
const growing = { growing: true, signal: never }
const nameOf = (hour: number, mac: string | null = MACS[0]!) => formatPath({ scope: SCOPE, hour, mac })

let azurite: Azurite
let proxy: FaultProxy
let account: Account
let clock = NOW
let source: Source

async function find(name: string): Promise<Blob> {
  const blobs = await source.list({ first: OLDEST, last: TODAY + DAY }, never)
  const blob = blobs.find((blob) => blob.name === name)
  if (blob === undefined) throw new Error(`no ${name}`)
  return blob
}

function sourceOf(containers: string[]): Source {
  const account = `http://127.0.0.1:${proxy.port}/${azurite.account.name}`
  const credential = new StorageSharedKeyCredential(azurite.account.name, azurite.account.key)
  return new AzureSource(
    { id: account, name: 'test', account, containers, connect: connect(account, credential) },
    { pace: QUICK, now: () => clock },
  )
}

function asked(): string[] {
  return proxy.log.splice(0).map(({ url }) => {
    const { searchParams, pathname } = new URL(url, 'http://localhost')
    return `${searchParams.get('comp') ?? pathname}${searchParams.has('delimiter') ? ' below' : ''} ${searchParams.get('prefix') ?? ''}`
  })
}

beforeAll(async () => {
  azurite = await startAzurite()
  proxy = await startFaultProxy(azurite.port)
  account = new Account(azurite.connectionString)
  await account.create(NSG)
  const uploads = HOURS.flatMap((hour) =>
    MACS.map((mac) => account.upload(NSG, nameOf(TODAY + hour * HOUR, mac), Buffer.from(`${hour} ${mac}`))),
  )
  await Promise.all([
    ...uploads,
    account.upload(NSG, nameOf(OLDEST, null), Buffer.from('old')),
    account.upload(NSG, 'copied/evidence.json', Buffer.from('{}')),
    account.upload(NSG, 'copied/notes.txt', Buffer.from('no')),
    account.upload(NSG, 'big.json', bytesOf(1, BIG)),
    account.upload(NSG, 'empty.json', Buffer.alloc(0)),
    account.upload(NSG, 'squeezed.json', Buffer.from('{}'), { metadata: { compressiontype: 'deflate' } }),
  ])
})
afterAll(async () => {
  await proxy?.stop()
  await azurite?.stop()
})
beforeEach(() => {
  clock = NOW
  proxy.plan = () => null
  proxy.log.length = 0
  source = sourceAt({ ...azurite, port: proxy.port }, { now: () => clock })
})

describe('listing', () => {
  test('finds the hours and NICs of a log', async () => {
    expect(await source.extents(never)).toEqual([
      { source: source.id, container: NSG, scope: SCOPE, first: OLDEST, last: TODAY + 11 * HOUR, macs: MACS },
    ])
  })

  test('gives the blobs of the hours asked for, and every loose file', async () => {
    const blobs = await source.list({ first: TODAY + 3 * HOUR, last: TODAY + 4 * HOUR }, never)
    const dated = blobs.filter(({ hour }) => hour !== null)
    expect(dated.map(({ name }) => name).sort()).toEqual([3, 4].flatMap((hour) => MACS.map((mac) => nameOf(TODAY + hour * HOUR, mac))))
    expect(blobs.filter(({ hour }) => hour === null).map(({ name }) => name)).toEqual([
      'big.json',
      'empty.json',
      'squeezed.json',
      'copied/evidence.json',
      'copied/notes.txt',
    ])
    expect(dated[0]).toMatchObject({ source: source.id, container: NSG, scope: SCOPE, hour: TODAY + 3 * HOUR, mac: MACS[0], length: 14 })
    expect(new Set(blobs.map(({ id }) => id)).size).toBe(blobs.length)
  })

  test('costs one request for a day of three NICs, once the log is known', async () => {
    const day = { first: TODAY, last: TODAY + 23 * HOUR }
    await source.list(day, never)
    const walked = 2 + SCOPE.split('/').length
    expect(asked()).toHaveLength(1 + walked + 2)
    await source.list(day, never)
    expect(asked()).toEqual([])
    clock += 6000
    expect(await source.list(day, never)).toHaveLength(41)
    expect(asked()).toEqual([`list ${SCOPE}/y=2026/m=11/d=23/`])
  })

  test('remembers closed days for ten minutes and shares requests under way', async () => {
    const days = { first: TODAY - 3 * DAY, last: TODAY - 1 }
    await source.list(days, never)
    asked()
    clock += 7000
    await Promise.all([source.list(days, never), source.list(days, never)])
    expect(asked()).toEqual([`list ${SCOPE}/y=2026/m=11/d=22/`])
  })

  test('lists again after refresh', async () => {
    const days = { first: TODAY - 3 * DAY, last: TODAY - DAY - 1 }
    await source.list(days, never)
    asked()
    source.refresh()
    await source.list(days, never)
    expect(asked()).toEqual([`list ${SCOPE}/y=2026/m=11/d=20/`, `list ${SCOPE}/y=2026/m=11/d=21/`])
  })

  test('lists by the hour, not by the day, when few hours are wanted', async () => {
    await source.list({ first: TODAY, last: TODAY + 5 * HOUR }, never)
    asked()
    await source.list({ first: TODAY - HOUR, last: TODAY + 5 * HOUR }, never)
    expect(asked()).toEqual([`list ${SCOPE}/y=2026/m=11/d=22/h=23/`])
  })

  test('lists a year without requests for days before the first or after the last hour', async () => {
    expect(await source.list({ first: 0, last: Date.UTC(2100) }, never)).toHaveLength(37 + 5)
  })

  test('notices a new hour within seconds and a new newest hour within half a minute', async () => {
    const name = nameOf(TODAY + 12 * HOUR)
    const day = { first: TODAY, last: TODAY + 23 * HOUR }
    const before = (await source.list(day, never)).length
    await source.extents(never)
    await account.upload(NSG, name, Buffer.from('x'))
    try {
      clock += 6000
      expect(await source.list(day, never)).toHaveLength(before + 1)
      clock += 30_000
      expect((await source.extents(never))[0]?.last).toBe(TODAY + 12 * HOUR)
    } finally {
      await account.delete(NSG, name)
    }
  })

  test('notices the first log of an empty container within half a minute', async () => {
    await account.create('fresh')
    const fresh = sourceOf(['fresh'])
    expect(await fresh.extents(never)).toEqual([])
    await account.upload('fresh', nameOf(TODAY), Buffer.from('x'))
    clock += 30_000
    expect(await fresh.extents(never)).toHaveLength(1)
  })

  test('reads the other container if one is missing; if all are missing, the problem names them', async () => {
    expect(await source.extents(never)).toHaveLength(1)
    const report = vi.fn()
    expect(await source.list({ first: TODAY, last: TODAY }, never, report)).toHaveLength(8)
    expect(report).not.toHaveBeenCalled()
    const nowhere = sourceOf(['not-here', 'nor-there'])
    await expect(nowhere.extents(never)).rejects.toMatchObject({
      kind: 'absent',
      message: expect.stringMatching(
        / has no container not-here nor nor-there: .*turn flow logs on for the account \w+ in Network Watcher/,
      ),
    })
  })

  test('reads the other container if one is refused, and reports it; if both are refused, fails with denied', async () => {
    const two = sourceOf([NSG, VNET])
    const report = vi.fn()
    proxy.plan = (_, url) => (url.includes(VNET) ? '403' : null)
    expect(await two.extents(never, report)).toHaveLength(1)
    expect(report.mock.calls).toEqual([[expect.objectContaining({ kind: 'denied', where: `${two.id}/${VNET}` })]])
    proxy.plan = () => '403'
    await expect(sourceOf([NSG, VNET]).extents(never, report)).rejects.toMatchObject({ kind: 'denied' })
  })

  test('sends storage only GET and HEAD requests', async () => {
    const url = `http://127.0.0.1:${proxy.port}/${azurite.account.name}`
    const client = connect(url, new StorageSharedKeyCredential(azurite.account.name, azurite.account.key))(NSG).client
    await expect(client.getBlockBlobClient('x').upload('x', 1)).rejects.toMatchObject({ kind: 'denied' })
    await expect(client.delete()).rejects.toMatchObject({ kind: 'denied' })
    expect(proxy.log).toEqual([])
  })
})

describe('reading', () => {
  test('gives any range in chunks that own their memory, with one GET for a small blob', async () => {
    const big = await source.open(await find('big.json'), still)
    const whole = bytesOf(1, BIG)
    for (const [from, to] of [
      [0, BIG],
      [5, 6],
      [4_194_303, 4_194_305],
      [BIG - 1, BIG],
      [7, 7],
    ] as const) {
      const lengths: number[] = []
      for await (const chunk of big.read(from, to, never)) {
        expect(chunk.byteLength).toBe(chunk.buffer.byteLength)
        lengths.push(chunk.length)
      }
      expect(lengths.every((length) => length <= 4 * 1024 * 1024)).toBe(true)
      expect((await collect(big.read(from, to, never))).equals(whole.subarray(from, to))).toBe(true)
    }
    const small = await find(nameOf(TODAY))
    asked()
    const reading = await source.open(small, still)
    expect((await collect(reading.read(0, reading.length, never))).toString()).toBe(`0 ${MACS[0]}`)
    expect(asked()).toHaveLength(1)
  })

  test('an empty blob has no bytes and costs nothing', async () => {
    const blob = await find('empty.json')
    asked()
    const reading = await source.open(blob, still)
    expect(await collect(reading.read(0, 0, never))).toHaveLength(0)
    expect(asked()).toEqual([])
  })

  test('refuses a blob whose compression is unknown, and names it', async () => {
    const reading = await source.open(await find('squeezed.json'), still)
    asked()
    await expect(collect(reading.read(0, reading.length, never))).rejects.toThrow(/squeezed\.json is stored compressed \(deflate\)/)
    expect(asked()).toHaveLength(1)
  })

  test('a blob written since its listing fails once with changed, then reads as new; a deleted one is absent', async () => {
    await account.upload(NSG, 'moving.json', bytesOf(2, 100))
    const old = await find('moving.json')
    await account.upload(NSG, 'moving.json', bytesOf(3, 100))
    const stale = await source.open(old, still)
    await expect(collect(stale.read(0, 100, never))).rejects.toMatchObject({ kind: 'changed' })
    const newest = await source.open(old, still)
    expect((await collect(newest.read(0, 100, never))).equals(bytesOf(3, 100))).toBe(true)
    expect((await find('moving.json')).etag).toBe(newest.etag)
    await account.delete(NSG, 'moving.json')
    await expect(source.open(old, growing)).rejects.toMatchObject({ kind: 'absent' })
  })

  test('a cancelled read ends with cancelled and sends no more requests', async () => {
    const reading = await source.open(await find('big.json'), still)
    const stop = new AbortController()
    proxy.plan = () => {
      stop.abort()
      return 'hang'
    }
    await expect(collect(reading.read(0, BIG, stop.signal))).rejects.toMatchObject({ kind: 'cancelled' })
    // Requests that were under way at the cancellation may still arrive.
    await sleep(500)
    const made = proxy.log.length
    await sleep(1000)
    expect(proxy.log).toHaveLength(made)
    await expect(source.list({ first: 0, last: 1 }, stop.signal)).rejects.toMatchObject({ kind: 'cancelled' })
  })
})

describe('growth', () => {
  const name = nameOf(TODAY + 14 * HOUR)
  const head = Buffer.from('{"records":[')
  const tail = Buffer.from(']}')
  const data = [1, 2, 3].map((i) => Buffer.from(`${i > 1 ? ',' : ''}{"time":"${i}"}`))

  test('a blob that got another block continues where it stopped; a rewritten one does not', async () => {
    await account.commit(NSG, name, [head, data[0]!, data[1]!, tail])
    const blob = await find(name)
    asked()
    const first = await source.open(blob, growing)
    const end = first.length - tail.length
    const mark = await first.mark(end, never)
    expect(mark).toMatch(/^blocks:3:[0-9a-f]{64}$/)
    expect(await first.mark(end - 1, never)).toBeNull()
    expect([first.border(2), first.border(9)]).toEqual([head.length + data[0]!.length, first.length])
    expect((await source.open(blob, still)).border(2)).toBeNull()
    expect(first.etag).toBe(blob.etag)
    expect(asked()).toHaveLength(1)

    await account.commit(NSG, name, [head, ...data, tail])
    const second = await source.open(blob, growing)
    expect(second.etag).not.toBe(first.etag)
    expect(await second.continues(mark!, end, never)).toBe(true)
    expect((await collect(second.read(end, second.length, never))).toString()).toBe(',{"time":"3"}]}')
    await expect(collect(first.read(0, first.length, never))).rejects.toMatchObject({ kind: 'changed' })

    await account.commit(NSG, name, [head, ...data, tail], 'E')
    const anew = await source.open(blob, growing)
    expect(await anew.continues(mark!, end, never)).toBe(false)
    await account.commit(NSG, name, [head, data[0]!, tail])
    const shorter = await source.open(blob, growing)
    expect(await shorter.continues(mark!, end, never)).toBe(false)
    await account.delete(NSG, name)
  })

  test('a blob that was uploaded whole has no blocks to continue from', async () => {
    const reading = await source.open(await find('big.json'), growing)
    expect(reading.length).toBe(BIG)
    expect(await reading.mark(BIG, never)).toBeNull()
    expect(reading.border(1)).toBeNull()
  })
})
