import path from 'node:path'
import { DEFAULTS } from '@/lib/flow/finding/facts'
import { FINDING_KINDS } from '@/lib/flow/finding/kinds'
import { DAY, HOUR } from '@/lib/flow/time/bucket'
import { type Columns, createColumns } from '@/lib/flow/tuple/columns'
import { ALLOW, DENY, type FlowGroup, IN, OUT } from '@/lib/flow/tuple/tuple'
import type { View } from '@/lib/flow/view/view'
import { findingsOf } from '@/lib/query/findings/findings'
import { coverOf } from '@/lib/query/findings/question/cover'
import { Scope } from '@/lib/query/where/scope'
import { openClickhouse } from '@/lib/store/clickhouse/clickhouse'
import { openDuckdb } from '@/lib/store/duckdb/duckdb'
import { writeMinutes } from '@/lib/store/spool/minutes'
import { writeSpool } from '@/lib/store/spool/spool'
import type { Store } from '@/lib/store/store'
import { stateOf } from '@/lib/store/test/rows'
import { installClickhouse } from '../../scripts/clickhouse/install'
import { startClickhouse } from '../../scripts/clickhouse/start'
import type { Bench, Result } from '../part'
import { amount, ms } from '../report/figures'
import { spread } from '../run'
import { coreSeconds } from '../served/server'

const FROM = Date.UTC(2026, 4, 11)
const DAYS = 7
/** Tuples of the day and of the baseline. */
const TODAY = 3_000_000
const BEFORE = 20_000_000
/** Milliseconds for all kinds, on two cores. */
const REACH = 5000

const HOSTS = 400
const GROUP: FlowGroup = {
  ...{ id: 1, source: 'bench', log: 'bench', logName: 'bench', mac: '002248000001', format: 'nsg-v2', acl: '/nsg', rule: 'UserRule_A' },
  ...{ enc: null, proto: null, state: null },
}

function put(hi: Uint32Array, lo: Uint32Array, row: number, ipv4: number): void {
  hi[2 * row] = 0
  hi[2 * row + 1] = 0
  lo[2 * row] = ipv4
  lo[2 * row + 1] = 0xffff
}

/** Returns an hour of a busy network: web traffic from everywhere, denials, calls to a few thousand public addresses, traffic inside, three machines that administer the others, one beacon. */
function hourOf(number: number, rows: number): Columns {
  const columns = createColumns(rows)
  columns.length = rows
  const begin = FROM - DAYS * DAY + number * HOUR
  let state = Math.imul(number + 1, 0x9e3779b1) >>> 0
  const below = (n: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 4_294_967_296) * n)
  }
  const inside = () => 0x0a00_0000 + below(HOSTS)
  for (let row = 0; row < rows; row++) {
    const what = below(100)
    const inbound = what < 55
    const denied = what < 25
    const isCall = number >= DAYS * 24 && row % Math.ceil(rows / 12) === 0
    // Only a few machines administer others.
    const administers = what >= 98
    const src = isCall
      ? 0x0a00_0007
      : inbound
        ? 0x2d00_0000 + below(denied ? 4_000_000 : 60_000)
        : administers
          ? 0x0a00_0001 + below(3)
          : inside()
    const dst = isCall ? 0x3433_0001 : inbound ? inside() : what < 80 ? 0x3400_0000 + below(3000) : inside()
    columns.time[row] = begin + Math.floor((row * HOUR) / rows)
    columns.recordTime[row] = columns.time[row]!
    put(columns.srcHi, columns.srcLo, row, src)
    put(columns.dstHi, columns.dstLo, row, dst)
    columns.sport[row] = 1024 + below(60_000)
    columns.dport[row] = isCall
      ? 443
      : denied
        ? [22, 23, 445, 3389, 8080][below(5)]!
        : administers
          ? [22, 5985][below(2)]!
          : what < 85
            ? 443
            : [1433, 8443, 53][below(3)]!
    columns.proto[row] = 6
    columns.dir[row] = inbound && !isCall ? IN : OUT
    columns.action[row] = denied && !isCall ? DENY : ALLOW
    columns.state[row] = isCall ? 0 : below(3)
    columns.packetsSent[row] = denied ? -1 : below(100)
    columns.bytesSent[row] = denied ? -1 : below(100_000)
    columns.packetsReceived[row] = denied ? -1 : below(100)
    columns.bytesReceived[row] = denied ? -1 : below(100_000)
    columns.group[row] = GROUP.id
    columns.blob[row] = number + 1
    columns.hour[row] = begin
    columns.offset[row] = row * 70
    columns.recordOffset[row] = row * 70
    columns.recordHash[row] = row
  }
  return columns
}

async function fill(store: Store, scale: number): Promise<number> {
  let tuples = 0
  for (let number = 0; number < (DAYS + 1) * 24; number++) {
    const rows = Math.round((number < DAYS * 24 ? BEFORE / (DAYS * 24) : TODAY / 24) * scale)
    const columns = hourOf(number, rows)
    const file = path.join(store.spool, `hour-${number}`)
    const minutes = `${file}.minutes`
    const part = { ...writeSpool(file, columns, store.intake.spooling), minutes: writeMinutes(minutes, columns) ? minutes : null }
    const blob = { ...stateOf(number + 1, rows), source: 'bench', hour: FROM - DAYS * DAY + number * HOUR, mac: GROUP.mac }
    await store.append({ parts: [part], blobs: [blob], forget: [], pieces: [], groups: [GROUP], rejections: [], more: true })
    tuples += rows
  }
  await store.settle()
  return tuples
}

/** What limits each engine. */
const BOUND = {
  DuckDB:
    'reading the ends of all rows of the baseline three times, for new destinations and fan-out, and grouping calls by address and port',
  ClickHouse: 'the same over 128-bit addresses',
} as const

/** `used` returns the core seconds that the engine's process has used so far, if they can be read. */
async function inEngine(engine: keyof typeof BOUND, store: Store, used: () => number | null, bench: Bench): Promise<Result> {
  const tuples = await fill(store, bench.options.scale)
  bench.say(`${engine}: ${amount(tuples)} tuples stored`)
  const laps: number[] = []
  const cores: number[] = []
  let kinds = ''
  for (let lap = 0; lap < (bench.options.rounds ?? 3); lap++) {
    const view: View = { from: FROM, to: FROM + DAY, q: '', filter: null, logs: [], asof: null, once: false }
    const begun = performance.now()
    const before = used()
    const took: string[] = []
    const cover = await coverOf(store, { ...view, from: FROM - DAYS * DAY, to: FROM }, Scope.everything)
    for (const kind of FINDING_KINDS) {
      const at = performance.now()
      const options = { scope: Scope.everything, baseline: DAYS * DAY, cover, thresholds: DEFAULTS, unread: new Set<string>() }
      const found = await findingsOf(kind, store, view, options)
      took.push(`${kind} ${ms(performance.now() - at)} (${found.length})`)
    }
    laps.push(performance.now() - begun)
    if (before !== null) cores.push(used()! - before)
    kinds = took.join(', ')
    bench.say(`${ms(laps.at(-1)!)}: ${kinds}`)
  }
  const time = spread(laps).median
  return {
    part: `findings, ${engine}`,
    measured: `${amount(tuples)} tuples loaded, a day and its seven days of baseline: all ten kinds, one after the other, nothing remembered`,
    reach: ms(REACH),
    got: `${ms(time)}${cores.length === 0 ? '' : `, ${spread(cores).median.toFixed(1)} core s`}; ${kinds}`,
    met: time <= REACH,
    bound: BOUND[engine],
  }
}

/** Measures every kind of finding over a day, compared with the seven days before. */
export async function findings(bench: Bench): Promise<Result[]> {
  const { options, workshop } = bench
  const store = await openDuckdb(workshop.fresh('findings'))
  const results: Result[] = []
  try {
    results.push(await inEngine('DuckDB', store, () => coreSeconds(process.pid), bench))
  } finally {
    await store.close()
  }
  if (!options.clickhouse) return results
  await installClickhouse()
  const server = await startClickhouse(workshop.fresh('server'))
  const place = { url: server.url, user: 'default', password: '', database: 'bench', cluster: null, keepDays: null }
  const shared = await openClickhouse({ ...place, spool: workshop.fresh('spool') })
  try {
    results.push(await inEngine('ClickHouse', shared, () => coreSeconds(server.process.pid!), bench))
  } finally {
    await shared.close()
    await server.stop()
  }
  return results
}
