import { availableParallelism } from 'node:os'
import { type ClickHouseClient, ClickHouseLogLevel, type ClickHouseSettings, createClient } from '@clickhouse/client'
import { IPV4_BASE, IPV4_LAST } from '@/lib/flow/address/address'
import { Problem } from '@/lib/flow/problem'
import { BoundRows, Holding, Pending, SharedRows, type Sql, type SqlList, type SqlValue } from '@/lib/store/sql'

/** Address and credentials of ClickHouse. */
export interface ClickhousePlace {
  /** `https://host:8443`, without any secret. */
  url: string
  user: string
  password: string
  database: string
}

/** An hour: a query that takes longer than its caller waits is cancelled by the caller. Milliseconds. */
const TIMEOUT = 3_600_000

/** Limits for the longest query: bytes, and elements of its syntax tree. */
const LONGEST = 16 * 1024 ** 2
const MOST_ELEMENTS = 2_000_000

/**
 * Settings for standard SQL semantics, and for integers that JSON can carry. Short circuits are off: conditions are many cheap comparisons, and to choose the
 * rows for each takes four times as long as to compare all. So no expression may fail in a branch that is not taken.
 */
const STANDARD: ClickHouseSettings = {
  join_use_nulls: 1,
  group_by_use_nulls: 1,
  cast_keep_nullable: 1,
  aggregate_functions_null_for_empty: 1,
  prefer_column_name_to_alias: 1,
  output_format_json_quote_64bit_integers: 1,
  distributed_product_mode: 'global',
  short_circuit_function_evaluation: 'disable',
  max_query_size: String(LONGEST),
  max_ast_elements: String(MOST_ELEMENTS),
  max_expanded_ast_elements: String(MOST_ELEMENTS),
  cancel_http_readonly_queries_on_client_close: 1,
  send_progress_in_http_headers: 1,
  http_headers_progress_interval_ms: '30000',
}
/** Largest response headers, since each progress report adds one. Bytes. */
const HEADERS = 1_048_576

/**
 * Differences between ClickHouse and the common SQL: plain `lower` supports only ASCII, a sum of Int64 wraps, and the columns of an end by family (`schema.ts`)
 * are computed from the address; queries use each only for addresses of its family. The text contains no values.
 */
const NAMES: readonly (readonly [RegExp, string])[] = [
  [/\blower\(/g, 'lowerUTF8('],
  [/\bapprox_count_distinct\(/g, 'uniq('],
  [/ as uhugeint\)/g, ' as UInt128)'],
  [/\bsum\(/g, 'sum(toInt128(0) + '],
  [/">>"\(/g, 'bitShiftRight('],
  [/\b(src|dst)_ipv4 is not null/g, `$1 between ${IPV4_BASE} and ${IPV4_LAST}`],
  [/\b(src|dst)_ipv6 is not null/g, `$1 not between ${IPV4_BASE} and ${IPV4_LAST}`],
  [/\b(src|dst)_ipv4\b/g, 'toUInt32($1)'],
  [/\b(src|dst)_ipv6\b/g, '$1'],
]

function typeOf(value: SqlValue): string {
  if (typeof value === 'object') return `Array(${typeOf(value[0] ?? 0)})`
  if (typeof value === 'string') return 'String'
  if (typeof value === 'bigint') return 'UInt128'
  return Number.isInteger(value) ? 'Int64' : 'Float64'
}

/** Writes a query for ClickHouse with one parameter for equal values. Equal subselects run only once there, wherever they occur. */
export function bind(question: Sql): { query: string; query_params: Record<string, SqlValue> } {
  const names = new Map<string | SqlList, string>()
  const parameters: Record<string, SqlValue> = {}
  const parameter = (value: SqlValue): string => {
    const key = typeof value === 'object' ? value : `${typeOf(value)} ${value}`
    const name = names.get(key) ?? `p${names.size}`
    names.set(key, name)
    // In hex, because client and server escape quotes inside arrays differently.
    parameters[name] = isTexts(value) ? value.map((text) => Buffer.from(text).toString('hex')) : value
    return `{${name}:${typeOf(value)}}`
  }
  const table = ({ columns }: BoundRows): string => {
    const lists = Object.values(columns).map((list) =>
      isTexts(list) ? `arrayMap(text -> unhex(text), ${parameter(list)})` : parameter(list),
    )
    const cells = Object.keys(columns).map((name, i) => `tupleElement(bound, ${i + 1}) as ${name}`)
    return `(select ${cells.join(', ')} from (select arrayJoin(arrayZip(${lists.join(', ')})) as bound))`
  }
  const write = (some: Sql): string =>
    some.text((value) => {
      if (value instanceof Pending) throw new Error('A statement is written once everything in it is known')
      if (value instanceof SharedRows) return `(${write(value.rows)})`
      if (value instanceof BoundRows) return table(value)
      if (value instanceof Holding) {
        const test = `word -> position(${write(value.text)}, unhex(word)) > 0`
        return `${value.how === 'any' ? 'arrayExists' : 'arrayAll'}(${test}, ${parameter(value.words)})`
      }
      return isTexts(value) ? `arrayMap(text -> lower(unhex(text)), ${parameter(value)})` : parameter(value)
    })
  const written = write(question)
  return { query: NAMES.reduce((query, [theirs, own]) => query.replace(theirs, own), written), query_params: parameters }
}

function isTexts(value: SqlValue): value is readonly string[] {
  return typeof value === 'object' && typeof value[0] === 'string'
}

export type Decode = (value: unknown) => unknown

function toNumber(value: unknown): number | null {
  if (value === null) return null
  const number = Number(value)
  if (typeof value === 'string' && !Number.isSafeInteger(number))
    throw new Problem('store', `Integer ${value} does not fit: cast or narrow it in the question`)
  return number
}

/** Returns the decoder of a column's JSON values by the name of the column's type; a sum (Int128) too large for a number is rounded. */
export function decoderOf(type: string): Decode {
  const plain = /^(?:LowCardinality\(|Nullable\()*(\w+)/.exec(type)![1]!
  if (plain === 'UInt128') return (value) => (value === null ? null : BigInt(value as string))
  if (plain === 'Int128') return (value) => (value === null ? null : Number(value))
  return /^U?Int\d+$/.test(plain) ? toNumber : (value) => value
}

/** Opens a client. Answers arrive compressed; whoever sends rows compresses them as suits their format. */
export function openClient({ url, user, password, database }: ClickhousePlace): ClickHouseClient {
  return createClient({
    url,
    username: user,
    password,
    database,
    application: 'flowlens',
    request_timeout: TIMEOUT,
    max_open_connections: 4 * availableParallelism() + 8,
    compression: { request: false, response: { codec: 'gzip' } },
    clickhouse_settings: STANDARD,
    use_multipart_params_auto: true,
    max_response_headers_size: HEADERS,
    log: { level: ClickHouseLogLevel.OFF },
  })
}

/** Returns the server's time, epoch milliseconds. */
export async function serverTime(client: ClickHouseClient): Promise<number> {
  const result = await client.query({ query: `select toUnixTimestamp64Milli(now64(3, 'UTC')) as now`, format: 'JSONEachRow' })
  const [row] = await result.json<{ now: string }>()
  return Number(row!.now)
}

/** Longest message to repeat, because messages quote the statement. Characters. */
const LONGEST_MESSAGE = 500

/** Converts an error of the client or the server. The client's messages contain neither user nor password. */
export function clickhouseProblem(what: string, error: unknown): Problem {
  if (error instanceof Problem) return error
  const message = (error instanceof Error ? error.message : String(error)).trim().split('\n')[0]!
  return new Problem('store', `ClickHouse ${what}: ${message.slice(0, LONGEST_MESSAGE)}`, { cause: error })
}
