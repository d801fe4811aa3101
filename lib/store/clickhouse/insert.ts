import { open } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { finished } from 'node:stream/promises'
import { promisify } from 'node:util'
import { brotliCompress, constants } from 'node:zlib'
import type { ClickHouseClient, ClickHouseSettings } from '@clickhouse/client'
import { type ColumnKind, TUPLE_COLUMNS } from '@/lib/flow/tuple/columns'
import type { FlowGroup } from '@/lib/flow/tuple/tuple'
import { GROUPS, type TableCell, TUPLE_NAMES } from '@/lib/store/schema'
import { INT32, INT64, UINT_16, UINT_32, UINT_64 } from '@/lib/store/spool/parquet'
import { SPOOLED } from '@/lib/store/spool/spool'
import type { SpoolFile } from '@/lib/store/store'
import { BLOB_COLUMNS, inputOf, LEASES, STORED } from './tables'

/** Bytes to read at once. */
const CHUNK = 2 ** 20
/** Rows to turn into JSON at once. */
const AT_ONCE = 1000
/** Brotli quality for rows as JSON: the fastest, which costs a third of gzip's time. Spool files are sent as they are, already packed. */
const QUALITY = 0

/** Settings that make an insert one block, which appears at once. The insert waits until every shard has it, and a repetition by a proxy counts once. */
function atOnce(token: string): ClickHouseSettings {
  return {
    async_insert: 0,
    max_insert_threads: '1',
    min_insert_block_size_rows: '1000000000',
    min_insert_block_size_bytes: '10000000000',
    max_partitions_per_insert_block: '0',
    insert_deduplication_token: token,
    deduplicate_blocks_in_dependent_materialized_views: 1,
    insert_quorum: 'auto',
    distributed_foreground_insert: 1,
  }
}

function whole(name: string): string {
  return `toInt64(${name}) + toInt64(${name}_hi) * 4294967296`
}

function counter(name: string): string {
  return `nullIf(${whole(name)}, 0) - 1`
}

function address(name: string): string {
  return `bitOr(bitShiftLeft(toUInt128(${name}_hi), 64), toUInt128(bitOr(bitShiftLeft(toUInt64(${name}_mid), 32), toUInt64(${name}))))`
}

/** Conversion of a spool file's column, for columns that are not stored unchanged. */
const READ: Readonly<Partial<Record<ColumnKind, (name: string) => string>>> = { offset: whole, counter, address }
const TUPLE = TUPLE_COLUMNS.map(({ stored, kind }) => READ[kind]?.(stored) ?? stored).join(', ')

/** Parquet types as `input` names them, by type and converted type. */
const PARQUET_TYPES: Readonly<Record<string, string>> = {
  [`${INT64} null`]: 'Int64',
  [`${INT64} ${UINT_64}`]: 'UInt64',
  [`${INT32} null`]: 'Int32',
  [`${INT32} ${UINT_32}`]: 'UInt32',
  [`${INT32} ${UINT_16}`]: 'UInt16',
}
/** All columns except `ipv4`: here, addresses of both families are stored together. */
const NEEDED = SPOOLED.filter(({ name }) => name !== 'ipv4')
const SPOOL = NEEDED.map(({ name, type, converted }) => `${name} ${PARQUET_TYPES[`${type} ${converted}`]!}`).join(', ')

const CARDS = `select id, cityHash64(log, mac) as card from ${STORED.groups} final`

/**
 * Stores the rows of a spool file under one mark for each blob: `load` (a random 64-bit integer) xor its id. The rows count once a chain has that mark, see
 * `chain.ts`. Their groups must be stored before.
 */
export async function insertSpool(client: ClickHouseClient, { file, minutes }: SpoolFile, load: bigint): Promise<void> {
  const query = `insert into ${STORED.tuples}(${TUPLE_NAMES.join(', ')}, rolled, card, mark)
    select ${TUPLE}, ${minutes !== null}, cards.card, bitXor(toUInt64(blob), toUInt64('${load}'))
    from input('${SPOOL}') as spooled any left join (${CARDS}) as cards on cards.id = grp format Parquet`
  const handle = await open(file)
  await send(client, query, handle.createReadStream({ highWaterMark: CHUNK }), String(load))
}

/** Sends a body. If it cannot be read to its end, nothing is stored. */
async function send(
  client: ClickHouseClient,
  query: string,
  values: Readable,
  token: string,
  http_headers: Record<string, string> = {},
): Promise<void> {
  const broken = new AbortController()
  const unread = new Promise<never>((_, reject) => values.once('error', reject))
  unread.catch(() => broken.abort())
  const sent = client.exec({ query, values, clickhouse_settings: atOnce(token), abort_signal: broken.signal, http_headers })
  const { stream } = await Promise.race([sent, unread])
  stream.resume()
  await finished(stream)
}

function names(columns: readonly { name: string }[]): string {
  return columns.map(({ name }) => name).join(', ')
}

/** Returns one line of JSON for each row, outside the heap: names of groups may be long and many. */
function linesOf<T extends object>(rows: readonly T[], cellsOf: (row: T) => object = (row) => row): Buffer {
  const lines: Buffer[] = []
  for (let at = 0; at < rows.length; at += AT_ONCE)
    lines.push(
      Buffer.from(
        rows
          .slice(at, at + AT_ONCE)
          .map((row) => `${JSON.stringify(cellsOf(row))}\n`)
          .join(''),
      ),
    )
  return Buffer.concat(lines)
}

async function insertRows(
  client: ClickHouseClient,
  into: string,
  columns: string,
  types: string,
  lines: Buffer,
  token: string,
  condition = '1',
): Promise<void> {
  const body = await promisify(brotliCompress)(lines, { params: { [constants.BROTLI_PARAM_QUALITY]: QUALITY } })
  const query = `insert into ${into}(${columns}) select ${columns} from input('${types}') where ${condition} format JSONEachRow`
  await send(client, query, Readable.from([body], { objectMode: false }), token, { 'content-encoding': 'br' })
}

export async function insertGroups(client: ClickHouseClient, groups: readonly FlowGroup[], token: string): Promise<void> {
  if (groups.length === 0) return
  const lines = linesOf(groups, (group) => Object.fromEntries(GROUPS.columns.map(({ name, key }) => [name, group[key]])))
  await insertRows(client, STORED.groups, names(GROUPS.columns), inputOf(GROUPS), lines, token)
}

/** A row of the table of blobs. Integers of 64 bits and more are text. */
export interface BlobRow {
  hour: number
  id: number
  rank: string
  forgotten: boolean
  marks: string[]
  /** JSON of the BlobState. */
  state: string
  /** Cells of READS and REJECTIONS, without the blob. */
  pieces: TableCell[][]
  rejections: TableCell[][]
  /** Epoch seconds. */
  loaded: number
  first: number
  last: number
  strayed: boolean
}

const LEASE = 'name String, term Int64, claim String, holder String, ms Int64'

/** Inserts a row of the table of leases; of several rows with the same name and term, the server accepts only the first. */
export async function insertLease(
  client: ClickHouseClient,
  row: { name: string; term: number; claim: string; holder: string; ms: number },
): Promise<void> {
  await insertRows(client, LEASES, 'name, term, claim, holder, ms', LEASE, linesOf([row]), `lease ${row.term} ${row.name}`)
}

/** Inserts rows in one transaction: all of them appear at once, or it fails because the server's clock is past `until` (epoch milliseconds). */
export async function insertBlobs(client: ClickHouseClient, rows: readonly BlobRow[], token: string, until: number): Promise<void> {
  const types = BLOB_COLUMNS.map(({ name, type }) => `${name} ${type === 'DateTime' ? 'UInt32' : type}`).join(', ')
  const inTime = Number.isFinite(until)
    ? `throwIf(now64(3, 'UTC') > fromUnixTimestamp64Milli(${until}, 'UTC'), 'what was read has waited too long to be counted') = 0`
    : '1'
  await insertRows(client, STORED.blobs, names(BLOB_COLUMNS), types, linesOf(rows), token, inTime)
}
