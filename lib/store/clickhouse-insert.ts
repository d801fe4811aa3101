import { open } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { finished } from 'node:stream/promises'
import { promisify } from 'node:util'
import { brotliCompress, constants } from 'node:zlib'
import type { ClickHouseClient, ClickHouseSettings } from '@clickhouse/client'
import type { FlowGroup } from '@/lib/flow/tuple'
import { COLUMNS, STORED } from './clickhouse-tables'
import type { SpoolFile } from './store'

/** Bytes read at once. */
const CHUNK = 2 ** 20
/** Of Brotli for rows as JSON: the fastest, which costs a third of gzip's. Spool files are packed as they are. */
const QUALITY = 0

/** One insert is one block and so appears at once; it waits until every shard has it, and what a proxy sends twice counts once. */
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

function address(end: 'src' | 'dst'): string {
  return `bitOr(bitShiftLeft(toUInt128(${end}_hi), 64), toUInt128(bitOr(bitShiftLeft(toUInt64(${end}_mid), 32), toUInt64(${end}))))`
}

/** The columns of a spool file, see `spool.ts`. */
const SPOOL =
  `time Int64, record_time Int64, src_hi UInt64, src_mid UInt32, src UInt32, dst_hi UInt64, dst_mid UInt32, dst UInt32, sport UInt16,
  dport UInt16, proto UInt16, dir Int32, action Int32, state Int32, packets_sent UInt32, packets_sent_hi UInt32, bytes_sent UInt32, bytes_sent_hi UInt32,
  packets_received UInt32, packets_received_hi UInt32, bytes_received UInt32, bytes_received_hi UInt32, grp Int64, blob Int64, hour Int64, pos UInt32,
  pos_hi UInt32, record_pos Int64`.replace(/\s+/g, ' ')

const CARDS = `select id, cityHash64(log, mac) as card from ${STORED.groups} final`

/**
 * Stores the rows of a spool file under one mark a blob: `load` (a random 64-bit integer) xor its id. They count once a chain has that mark, see
 * `clickhouse-chain.ts`. Groups have to be stored before.
 */
export async function insertSpool(client: ClickHouseClient, { file, minutes }: SpoolFile, load: bigint): Promise<void> {
  const query = `insert into ${STORED.tuples}(${COLUMNS}, card, mark)
    select time, record_time, ${address('src')}, ${address('dst')}, sport, dport, proto, dir, action, state, ${counter('packets_sent')},
      ${counter('bytes_sent')}, ${counter('packets_received')}, ${counter('bytes_received')}, grp, blob, hour, ${whole('pos')}, record_pos,
      ${minutes !== null}, cards.card, bitXor(toUInt64(blob), toUInt64('${load}'))
    from input('${SPOOL}') as spooled any left join (${CARDS}) as cards on cards.id = grp format Parquet`
  const handle = await open(file)
  await send(client, query, handle.createReadStream({ highWaterMark: CHUNK }), String(load))
}

/** What cannot be read to its end is not stored. */
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

async function insertRows(client: ClickHouseClient, query: string, rows: readonly object[], token: string): Promise<void> {
  const text = Buffer.from(rows.map((row) => JSON.stringify(row)).join('\n'))
  const body = await promisify(brotliCompress)(text, { params: { [constants.BROTLI_PARAM_QUALITY]: QUALITY } })
  await send(client, `${query} format JSONEachRow`, Readable.from([body], { objectMode: false }), token, { 'content-encoding': 'br' })
}

export async function insertGroups(client: ClickHouseClient, groups: readonly FlowGroup[], token: string): Promise<void> {
  if (groups.length === 0) return
  const rows = groups.map(({ logName, ...group }) => ({ ...group, log_name: logName }))
  const columns = 'id, source, log, log_name, mac, format, acl, rule, enc, proto, state'
  const types =
    `id Int64, source String, log String, log_name String, mac String, format String, acl String, rule String, enc Nullable(String),
    proto Nullable(String), state Nullable(String)`.replace(/\s+/g, ' ')
  await insertRows(client, `insert into ${STORED.groups}(${columns}) select ${columns} from input('${types}')`, rows, token)
}

/** A row of the table that remembers blobs. 64-bit and longer integers are text. */
export interface BlobRow {
  hour: number
  id: number
  rank: string
  forgotten: boolean
  marks: string[]
  /** JSON of the BlobState. */
  state: string
  pieces: [number, number, string][]
  rejections: [string, string, number, number, string][]
  /** Epoch seconds. */
  loaded: number
}

/** One transaction: all of the rows appear at once. */
export async function insertBlobs(client: ClickHouseClient, rows: readonly BlobRow[], token: string): Promise<void> {
  const columns = 'hour, id, rank, forgotten, marks, state, pieces, rejections, loaded'
  const types =
    `hour Int64, id Int64, rank UInt128, forgotten Bool, marks Array(UInt64), state String, pieces Array(Tuple(Int64, Int64, String)),
    rejections Array(Tuple(String, String, Int64, Int64, String)), loaded UInt32`.replace(/\s+/g, ' ')
  await insertRows(client, `insert into ${STORED.blobs}(${columns}) select ${columns} from input('${types}')`, rows, token)
}
