import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Condition } from '@/lib/flow/answer/kept/watch'
import { Problem } from '@/lib/flow/problem'
import { DAY, HOUR, MINUTE } from '@/lib/flow/time/bucket'
import { blobOf, MAC, record, SCOPE } from '@/lib/ingest/test/records'
import { ENGINES, openStore } from '@/lib/store/test/engines'
import type { Message } from '@/lib/webhook/message'
import { type Address, NotTaken } from '@/lib/webhook/tell'
import { HOURLY, START, Watched } from './test/watched'
import { Watcher, type WatcherOptions } from './watcher'

const JSON_HOOK: Address = { body: 'json', url: 'https://hooks.example/secret-path' }
const SLACK: Address = { body: 'slack', url: 'https://slack.example/secret-path' }
const never = new AbortController().signal

describe.each(ENGINES)('watches, on %s,', (engine) => {
  let dir: string
  let world: Watched
  let told: { to: Address; message: Message }[]
  /** Outcomes of the next messages: null for success, a text for the reason of a failure. */
  let outcomes: (string | null)[]
  const warned: string[] = []

  function watcher(more: Partial<WatcherOptions> = {}): Watcher {
    return new Watcher(world.server, {
      webhooks: [JSON_HOOK],
      secret: 'a secret of sixteen',
      publicUrl: 'https://flowlens.example',
      warn: (message) => warned.push(message),
      now: () => world.now,
      tell: async (to, message) => {
        const outcome = outcomes.shift() ?? null
        if (outcome !== null) throw new NotTaken(outcome)
        told.push({ to, message })
      },
      ...more,
    })
  }

  async function turn(one: Watcher): Promise<void> {
    await one.round(never)
    await one.tell(never)
  }

  beforeEach(async () => {
    dir = mkdtempSync(join(tmpdir(), 'flowlens-watches-'))
    world = new Watched(await openStore(engine, dir))
    told = []
    outcomes = []
    warned.length = 0
  })
  afterEach(async () => {
    await world.close()
    rmSync(dir, { recursive: true, force: true })
  })

  it('send one alert for a window that reaches its threshold, also if more data arrives, or arrives late', async () => {
    const watch = await world.watch('aaaaaaaa', HOURLY)
    const one = watcher()
    world.log(START + 5 * MINUTE, 39)
    world.now = START + 6 * MINUTE
    await turn(one)
    expect(told).toEqual([])
    world.log(START + 10 * MINUTE, 1)
    world.now = START + 11 * MINUTE
    await turn(one)
    world.log(START + 20 * MINUTE, 50)
    world.now = START + 21 * MINUTE
    await turn(one)
    // Data of an hour that ended long ago, as Azure sometimes writes.
    world.now = START + 2 * HOUR
    world.log(START + 70 * MINUTE, 45)
    await turn(one)
    expect((await world.alerts()).map(({ id }) => id)).toEqual(world.expected(watch))
    expect(told.map(({ message }) => message.id)).toEqual(world.expected(watch))
    expect(told[0]!.message).toMatchObject({
      watch: { id: 'aaaaaaaa', title: 'watch aaaaaaaa' },
      sentence: '40 tuples of all traffic within 60 min; the threshold is 40 tuples.',
      level: null,
      tuples: 40,
      from: new Date(START).toISOString(),
      link: 'https://flowlens.example/explorer?from=2026-05-11T08%3A00%3A00Z&to=2026-05-11T09%3A00%3A00Z',
    })
    expect(JSON.stringify([told.map(({ message }) => message), warned])).not.toMatch(/secret/)
  })

  it('cover the time in which no process ran, or sources did not answer', async () => {
    const watch = await world.watch('aaaaaaaa', { ...HOURLY, q: 'dir:out', least: 10 })
    await turn(watcher())
    for (let hour = 0; hour < 9; hour++) world.log(START + hour * HOUR + 30 * MINUTE, hour % 2 === 0 ? 20 : 5)
    world.now = START + 10 * HOUR
    world.source.down = new Problem('source', 'memory:one does not answer')
    await turn(watcher())
    expect(await world.alerts()).toEqual([])
    expect(await world.server.rounds.read(watch.id)).toMatchObject({
      problem: 'memory:one could not be listed',
      through: new Date(START).toISOString(),
    })
    world.source.down = null
    world.now += MINUTE
    await turn(watcher())
    expect((await world.alerts()).map(({ id }) => id)).toEqual(world.expected(watch))
    expect(told).toHaveLength(5)
    expect(await world.server.rounds.read(watch.id)).toMatchObject({ problem: null, through: new Date(world.now).toISOString() })
  })

  it('tell scanners from each window alone, as the link of an alert does', async () => {
    await world.watch('aaaaaaaa', { ...HOURLY, q: 'scanner:any@9/9/2', least: 1 })
    const denied = (minute: number) => record(START + minute * MINUTE, 30).replaceAll(',O,A,E,', ',I,D,B,')
    const put = (hour: number, minutes: readonly number[]) =>
      world.source.put(`h=${hour}`, blobOf(minutes.map(denied)), { hour: START + hour * HOUR, mac: MAC, scope: SCOPE })
    // Each source tries twice, but once an hour.
    put(0, [5])
    put(1, [65])
    world.now = START + 66 * MINUTE
    const one = watcher()
    await turn(one)
    expect(await world.alerts()).toEqual([])
    put(1, [65, 70])
    world.now = START + 71 * MINUTE
    await turn(one)
    expect(await world.alerts()).toMatchObject([{ tuples: 60, from: new Date(START + HOUR).toISOString(), q: 'scanner:any@9/9/2' }])
  })

  it('of findings send each finding once, and leave out muted findings and lower levels', async () => {
    const condition = {
      about: 'findings',
      q: '',
      logs: [],
      kinds: ['new-destination', 'beacon'],
      level: 'medium',
      thresholds: '',
    } satisfies Condition
    await world.watch('aaaaaaaa', condition)
    await world.watch('bbbbbbbb', { ...condition, level: 'high' })
    // Calls every five minutes for three hours.
    for (let i = 0; i < 36; i++) world.log(START + (i + 1) * 5 * MINUTE, 1, '52.10.0.')
    world.now = START + 4 * HOUR
    const one = watcher({ webhooks: [JSON_HOOK, SLACK] })
    await turn(one)
    world.now += HOUR
    await turn(one)
    const alerts = await world.alerts()
    expect(alerts.map(({ watch, level }) => [watch, level])).toEqual([['aaaaaaaa', 'medium']])
    expect(alerts[0]!.sentence).toMatch(/^10\.0\.0\.\d+ called 52\.10\.0\.0:443 \d+ times, every 5 min/)
    expect(told.map(({ to }) => to.body).sort()).toEqual(['json', 'slack'])
    const mute = {
      id: 'cccccccc',
      finding: null,
      kind: 'beacon',
      why: 'ours',
      until: null,
      owner: 'local',
      by: null,
      made: '2026-05-11T00:00:00Z',
    } as const
    await world.server.mutes.write('cccccccc', { ...mute, address: '10.0.0.0' })
    await world.watch('dddddddd', condition)
    await turn(one)
    expect((await world.alerts()).map(({ watch }) => watch)).toEqual(['aaaaaaaa'])
  })

  it('retry with the same id if a webhook stalls, fails, or answers 500 and then 200, and give up in the end', async () => {
    await world.watch('aaaaaaaa', HOURLY)
    world.log(START + 5 * MINUTE, 40)
    world.log(START + 65 * MINUTE, 40)
    world.now = START + 70 * MINUTE
    const one = watcher({ webhooks: [JSON_HOOK] })
    outcomes = ['it did not answer within 10 s']
    await turn(one)
    // The second message is not sent while the first one waits for its retry.
    expect([told.length, outcomes.length]).toEqual([0, 0])
    const [first, second] = await world.alerts()
    expect(await world.server.deliveries.read(first!.id)).toMatchObject([
      { state: 'waiting', tries: 1, problem: 'it did not answer within 10 s' },
    ])
    await one.tell(never)
    expect(told.map(({ message }) => message.id)).toEqual([second!.id])
    outcomes = ['it answered 500']
    world.now += MINUTE
    await one.tell(never)
    expect(told).toHaveLength(1)
    world.now += HOUR
    await one.tell(never)
    expect(told.map(({ message }) => message.id)).toEqual([second!.id, first!.id])
    expect(await world.server.deliveries.read(first!.id)).toMatchObject([{ state: 'sent', tries: 3, problem: null }])
    world.log(START + 125 * MINUTE, 40)
    world.now = START + 3 * HOUR
    outcomes = ['it answered 410', 'it answered 410']
    await turn(one)
    world.now += 4 * DAY
    await one.tell(never)
    const third = (await world.alerts())[2]!
    expect(await world.server.deliveries.read(third.id)).toMatchObject([{ state: 'failed', tries: 2 }])
    world.now += 4 * DAY
    await one.tell(never)
    expect(told).toHaveLength(2)
  })

  it('are evaluated and sent by one of two instances at a time', async () => {
    const watch = await world.watch('aaaaaaaa', { ...HOURLY, window: '5m', least: 1 })
    for (let i = 1; i <= 20; i++) world.log(START + i * 5 * MINUTE, 3)
    world.now = START + 2 * HOUR
    let inside = 0
    let most = 0
    const slowly: WatcherOptions['tell'] = async (to, message) => {
      most = Math.max(most, ++inside)
      await new Promise((resolve) => setTimeout(resolve, 1))
      inside--
      told.push({ to, message })
    }
    const two = [watcher({ tell: slowly }), watcher({ tell: slowly })]
    for (let i = 0; i < 3; i++) await Promise.all(two.map((one) => turn(one)))
    const ids = told.map(({ message }) => message.id)
    expect(ids.toSorted()).toEqual(world.expected(watch).toSorted())
    expect(most).toBe(1)
  })

  it('are not evaluated while paused, and leave nothing behind when deleted', async () => {
    await world.watch('aaaaaaaa', HOURLY, { paused: true })
    world.log(START + 5 * MINUTE, 50)
    world.now = START + HOUR
    const one = watcher()
    await turn(one)
    expect(await world.alerts()).toEqual([])
    await world.watch('aaaaaaaa', HOURLY)
    await one.round(never)
    await world.server.watches.remove('aaaaaaaa')
    await one.tell(never)
    expect([await world.alerts(), told]).toEqual([[], []])
  })
})
