import { type ColumnName, type Columns, createColumns } from '@/lib/flow/tuple/columns'
import type { FlowGroup } from '@/lib/flow/tuple/tuple'
import { Scanner } from '@/lib/parse/scanner'
import { DAY_START, hourBlob, textOf } from '../logs/blobs'
import type { Bench, Result } from '../part'
import { decodeJson } from '../peers/json'
import { amount, laps, size, times } from '../report/figures'
import { interleave, type Lap, ratio, spread } from '../run'

/** Size in which the road hands bytes to the scanner. */
const CHUNK = 4 * 1024 * 1024
/** Rows after which the road empties the columns. */
const BATCH = 200_000
const REACH = 8
const TUPLES = { nsg: 1_000_000, vnet: 800_000 } as const
/** The peer has no offsets, and numbers its groups itself. */
const OURS_ALONE: readonly ColumnName[] = ['offset', 'recordOffset', 'group']

type Kind = keyof typeof TUPLES

function scanAll(bytes: Buffer, columns: Columns, groups: Map<number, FlowGroup>, batch: number): number {
  const origin = { blob: 1, source: 'bench', scope: '/bench', hour: DAY_START, mac: null, offset: 0 }
  const scanner = new Scanner(origin, columns, groups)
  for (let at = 0; at < bytes.length; at += CHUNK) {
    scanner.push(bytes.subarray(at, at + CHUNK))
    if (columns.length >= batch) columns.length = 0
  }
  const { tuples, malformed } = scanner.finish()
  if (malformed > 0 || scanner.rejections.length > 0)
    throw new Error(`scanner rejected something: ${JSON.stringify(scanner.rejections[0])}`)
  return tuples
}

function decode(bytes: Buffer, columns: Columns, groups: Map<string, number>, batch: number): number {
  let tuples = 0
  const step = () => {
    if (columns.length < batch) return
    tuples += columns.length
    columns.length = 0
  }
  decodeJson(bytes, { columns, groups, blob: 1, hour: DAY_START, step })
  return tuples + columns.length
}

/** Checks every value of every row, and that each offset is where its tuple's text begins. */
function check(kind: Kind, bytes: Buffer, tuples: number): void {
  const ours = createColumns(tuples)
  const theirs = createColumns(tuples)
  const groups = new Map<number, FlowGroup>()
  const names = new Map<string, number>()
  scanAll(bytes, ours, groups, Number.POSITIVE_INFINITY)
  decode(bytes, theirs, names, Number.POSITIVE_INFINITY)
  if (ours.length !== theirs.length || ours.length !== tuples)
    throw new Error(`scan ${kind}: ${ours.length} rows and ${theirs.length} of ${tuples}`)
  const compared = (Object.keys(ours) as (keyof Columns)[]).filter(
    (name) => name !== 'length' && !(OURS_ALONE as readonly string[]).includes(name),
  )
  for (const name of compared as ColumnName[]) {
    const at = ours[name].findIndex((value, i) => value !== theirs[name][i])
    if (at >= 0) throw new Error(`scan ${kind}: ${name} differs at ${at}: ${ours[name][at]} and ${theirs[name][at]}`)
  }
  for (let row = 0; row < tuples; row++) {
    const { acl, rule, enc } = groups.get(ours.group[row]!)!
    if (names.get(`${acl} ${rule} ${enc ?? ''}`) !== theirs.group[row]) throw new Error(`scan ${kind}: groups differ at row ${row}`)
    const time = ours.time[row]! / (kind === 'nsg' ? 1000 : 1)
    const at = ours.offset[row]!
    if (bytes.toString('latin1', at - 1, at + 14).startsWith(`"${time},`) === false)
      throw new Error(`scan ${kind}: offset of row ${row} is wrong`)
  }
}

async function one({ options, say }: Bench, kind: Kind): Promise<Result> {
  const tuples = Math.round(TUPLES[kind] * options.scale)
  const bytes = Buffer.from(textOf(hourBlob(kind, 0, DAY_START, tuples)), 'latin1')
  check(kind, bytes, tuples)
  const columns = createColumns(BATCH)
  const timed = async (work: () => number): Promise<Lap<number>> => {
    columns.length = 0
    const begun = performance.now()
    const answers = work()
    return { ms: performance.now() - begun, answers }
  }
  const contenders = [
    { name: 'Flowlens', lap: () => timed(() => scanAll(bytes, columns, new Map(), BATCH)) },
    { name: 'JSON.parse + split', lap: () => timed(() => decode(bytes, columns, new Map(), BATCH)) },
  ]
  await interleave(contenders, 2, () => {})
  const [ours, theirs] = (await interleave(contenders, options.rounds ?? 9, () => {})) as [Lap<number>[], Lap<number>[]]
  const factor = ratio(theirs, ours)
  const own = spread(ours.map((lap) => lap.ms))
  const rate = bytes.length / 1e3 / own.median
  say(`${kind}: ${laps(own)}, ${rate.toFixed(0)} MB/s; JSON.parse + split ${laps(spread(theirs.map((lap) => lap.ms)))}; ${times(factor)}`)
  return {
    part: `scan ${kind}`,
    measured: `${size(bytes.length)}, ${amount(tuples)} tuples, one core, against JSON.parse + split`,
    reach: `${REACH}×`,
    got: `${times(factor)}; ${rate.toFixed(0)} MB/s`,
    met: factor.median >= REACH,
    bound: 'one pass over every byte in JavaScript, some 150 ns a tuple, most of it decoding numbers and addresses',
  }
}

/** Measures decoding bytes into columns on one core: the scanner against `JSON.parse` and `split` for the same fields. */
export async function scan(bench: Bench): Promise<Result[]> {
  return [await one(bench, 'nsg'), await one(bench, 'vnet')]
}
