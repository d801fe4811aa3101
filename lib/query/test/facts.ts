import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TupleRow } from '@/lib/flow/answer/tuples/tuples'
import { hash53 } from '@/lib/flow/hash'
import { floorTo, HOUR } from '@/lib/flow/time/bucket'
import { PROTOCOLS } from '@/lib/flow/tuple/protocols'
import { ACTIONS, DIRECTIONS, type FlowGroup, PROTO_OTHER, STATE_OTHER, STATES } from '@/lib/flow/tuple/tuple'
import { writeMinutes } from '@/lib/store/spool/minutes'
import { writeSpool } from '@/lib/store/spool/spool'
import type { SpoolFile, Store } from '@/lib/store/store'
import { type Engine, openStore } from '@/lib/store/test/engines'
import { columnsOf, stateOf, type TestRow } from '@/lib/store/test/rows'

/** A tuple in words, with its origin, which no answer shows. */
export interface Fact extends Omit<TupleRow, 'id'> {
  source: string
  logName: string
  blob: number
  /** Epoch milliseconds, -1 for a loose file. */
  hour: number
  offset: number
  /** Offset of its record; by default, each fact is a separate record. */
  recordOffset?: number
  /** Equal for copies of a record; by default, each fact is a separate record. */
  recordHash?: number
}

export const PLAIN: Fact = {
  time: '2024-08-12T10:00:00.000Z',
  recordTime: '2024-08-12T10:01:00.000Z',
  src: '10.0.0.1',
  dst: '10.0.0.2',
  sport: 50_000,
  dport: 443,
  proto: 'tcp',
  dir: 'in',
  action: 'allow',
  state: 'begin',
  enc: null,
  packetsSent: null,
  bytesSent: null,
  packetsReceived: null,
  bytesReceived: null,
  rule: 'UserRule_Web',
  acl: '/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/networkSecurityGroups/web-nsg',
  mac: '002248266DB9',
  log: 'log-1',
  format: 'nsg-v2',
  source: 'folder-1',
  logName: 'Web log',
  blob: 1,
  hour: -1,
  offset: 0,
}

function protoCode(proto: string): number {
  const code = PROTOCOLS[proto] ?? (/^\d{1,3}$/.test(proto) ? Number(proto) : PROTO_OTHER)
  return Math.min(code, PROTO_OTHER)
}

function stateCode(state: string | null): number {
  if (state === null) return 0
  const code = STATES.findIndex((known) => known === state && known !== 'none' && known !== 'other')
  return code < 0 ? STATE_OTHER : code
}

function groupOf(fact: Fact): FlowGroup {
  const { source, log, logName, mac, format, acl, rule, enc } = fact
  const proto = protoCode(fact.proto) === PROTO_OTHER ? fact.proto : null
  const state = stateCode(fact.state) === STATE_OTHER ? fact.state : null
  const rest = { source, log, logName, mac, format, acl, rule, enc, proto, state }
  return { id: hash53(JSON.stringify(rest)), ...rest }
}

function rowOf(fact: Fact): TestRow {
  return {
    time: Date.parse(fact.time),
    recordTime: Date.parse(fact.recordTime),
    src: fact.src,
    dst: fact.dst,
    sport: fact.sport,
    dport: fact.dport,
    proto: protoCode(fact.proto),
    dir: DIRECTIONS.indexOf(fact.dir),
    action: ACTIONS.indexOf(fact.action),
    state: stateCode(fact.state),
    counters: [fact.packetsSent ?? -1, fact.bytesSent ?? -1, fact.packetsReceived ?? -1, fact.bytesReceived ?? -1],
    group: groupOf(fact).id,
    blob: fact.blob,
    hour: fact.hour,
    offset: fact.offset,
    recordHash: fact.recordHash,
  }
}

/** All states in which a tuple can be stored. */
const LAYOUTS = [
  { rolled: true, settled: false },
  { rolled: false, settled: true },
  { rolled: true, settled: false },
  { rolled: false, settled: false },
]

function spool(store: Store, name: string, facts: readonly Fact[], rolled: boolean): SpoolFile {
  const file = join(store.spool, `${name}.parquet`)
  const minutes = join(store.spool, `${name}.minutes.parquet`)
  const columns = columnsOf(facts.map(rowOf))
  return { ...writeSpool(file, columns, store.intake.spooling), minutes: rolled && writeMinutes(minutes, columns, 1) ? minutes : null }
}

/** Returns a separate store with these facts, which contains every layout; `close` removes it from the disk. */
export async function storeOf(facts: readonly Fact[], engine: Engine = 'duckdb'): Promise<{ store: Store; close: () => Promise<void> }> {
  const dir = mkdtempSync(join(tmpdir(), 'flowlens-query-'))
  const store = await openStore(engine, dir)
  const groups = [...new Map(facts.map(groupOf).map((group) => [group.id, group])).values()]
  const blobs = [...new Set(facts.map(({ blob }) => blob))].map((blob) => {
    const times = facts.filter((fact) => fact.blob === blob).map(({ time }) => Date.parse(time))
    const [first, last] = [Math.min(...times), Math.max(...times)]
    return { ...stateOf(blob, times.length), first, last, hour: blob % 2 === 0 ? null : floorTo(first, HOUR) }
  })
  for (const [i, layout] of LAYOUTS.entries()) {
    const some = facts.filter((_, at) => at % LAYOUTS.length === i)
    if (some.length > 0)
      await store.append({ parts: [spool(store, `${i}`, some, layout.rolled)], blobs, forget: [], pieces: [], groups, rejections: [] })
    if (layout.settled) await store.settle()
  }
  return {
    store,
    close: async () => {
      await store.close()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}
