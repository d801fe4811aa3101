import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ContextFiles } from '@/lib/context/files'
import { readHere } from '@/lib/context/test/here'
import type { KeptAlert } from '@/lib/flow/answer/kept/alert'
import type { Condition, KeptWatch } from '@/lib/flow/answer/kept/watch'
import { HOUR, MINUTE } from '@/lib/flow/time/bucket'
import { ReadingPace } from '@/lib/http/server/limits/pace'
import { AnswerMemo } from '@/lib/http/server/memo'
import { openFolders } from '@/lib/http/server/server'
import { Road } from '@/lib/ingest/road/road'
import { startHere } from '@/lib/ingest/test/here'
import { MemorySource } from '@/lib/ingest/test/memory-source'
import { blobOf, MAC, record, SCOPE } from '@/lib/ingest/test/records'
import type { Store } from '@/lib/store/store'
import { alertId } from '../condition'
import { alertsOf } from '../kept-alerts'
import type { Keeping } from '../watcher'

export const START = Date.UTC(2026, 4, 11, 8)

export const HOURLY = { about: 'filter', q: '', logs: [], metric: 'tuples', least: 40, window: '1h' } as const satisfies Condition

/** A server with growing logs in memory, watches and stored alerts; its clock is set by the test. */
export class Watched {
  readonly source = new MemorySource()
  readonly server: Keeping
  readonly dir = mkdtempSync(join(tmpdir(), 'flowlens-watched-'))
  now = START
  /** Records by hour. */
  private readonly hours = new Map<number, string[]>()

  constructor(readonly store: Store) {
    const road = new Road(store, [this.source], { threads: 1, start: startHere, now: () => this.now })
    this.server = {
      road,
      personal: null,
      memo: new AnswerMemo(),
      pace: new ReadingPace(),
      contextFiles: new ContextFiles([], readHere, () => {}),
      askAbove: Number.MAX_SAFE_INTEGER,
      ...openFolders(this.dir),
    }
  }

  /** Adds tuples of the minute before `time`, flushed at that time. With `net`, they are begins of flows to that prefix, from the same sources in each call. */
  log(time: number, tuples: number, net?: string): void {
    const hour = time - (time % HOUR)
    const records = this.hours.get(hour) ?? []
    const written = record(time, tuples, net === undefined ? records.length : 0)
    records.push(net === undefined ? written : written.replaceAll('198.51.100.', net).replaceAll(',E,', ',B,'))
    this.hours.set(hour, records)
    this.source.put(`h=${hour}`, blobOf(records), { hour, mac: MAC, scope: SCOPE })
  }

  async watch(id: string, condition: Condition, more: Partial<KeptWatch> = {}): Promise<KeptWatch> {
    const made = new Date(this.now).toISOString()
    const watch: KeptWatch = {
      id,
      version: 1,
      title: `watch ${id}`,
      condition,
      paused: false,
      owner: 'local',
      by: null,
      made,
      changed: made,
      ...more,
    }
    await this.server.watches.write(id, watch)
    return watch
  }

  async alerts(): Promise<KeptAlert[]> {
    return (await alertsOf(this.server.alerts)).alerts.sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : a.id < b.id ? -1 : 1))
  }

  /** Returns the alert ids that a watch of all traffic must produce, computed directly from the added tuples. */
  expected({ id, condition }: KeptWatch): string[] {
    if (condition.about !== 'filter') throw new Error('only filters are counted here')
    const length = Number.parseInt(condition.window, 10) * (condition.window.endsWith('m') ? MINUTE : HOUR)
    const counts = new Map<number, number>()
    for (const text of [...this.hours.values()].flat())
      for (const [, second] of text.matchAll(/"(\d{10}),/g)) {
        const begin = Number(second) * 1000 - ((Number(second) * 1000) % length)
        counts.set(begin, (counts.get(begin) ?? 0) + 1)
      }
    return [...counts].filter(([, count]) => count >= condition.least).map(([begin]) => alertId(id, condition, begin))
  }

  async close(): Promise<void> {
    this.server.contextFiles.close()
    await this.server.road.close()
    rmSync(this.dir, { recursive: true, force: true })
  }
}
