import { availableParallelism } from 'node:os'
import { type ClickHouseClient, ClickHouseLogLevel, type ClickHouseSettings, createClient } from '@clickhouse/client'
import { Problem } from '@/lib/flow/problem'
import type { Sql, SqlValue } from './sql'

/** Where ClickHouse is. */
export interface ClickhousePlace {
  /** `https://host:8443`, without anything secret in it. */
  url: string
  user: string
  password: string
  database: string
}

/** An hour: what takes longer than its asker waits is cancelled by the asker. Milliseconds. */
const TIMEOUT = 3_600_000

/** What standard SQL says and ClickHouse does only when told to, and integers that JSON can carry. */
const STANDARD: ClickHouseSettings = {
  join_use_nulls: 1,
  group_by_use_nulls: 1,
  cast_keep_nullable: 1,
  aggregate_functions_null_for_empty: 1,
  prefer_column_name_to_alias: 1,
  output_format_json_quote_64bit_integers: 1,
  distributed_product_mode: 'global',
  cancel_http_readonly_queries_on_client_close: 1,
  send_progress_in_http_headers: 1,
  http_headers_progress_interval_ms: '30000',
}
/** A header comes with each progress. Bytes. */
const HEADERS = 1_048_576

/** Where its names differ from those in the questions: plain `lower` knows nothing beyond ASCII there. Values are never in the text. */
const NAMES: readonly (readonly [RegExp, string])[] = [
  [/\blower\(/g, 'lowerUTF8('],
  [/ as uhugeint\)/g, ' as UInt128)'],
]

function typeOf(value: SqlValue): string {
  if (typeof value === 'object') return 'Array(Int64)'
  if (typeof value === 'string') return 'String'
  if (typeof value === 'bigint') return 'UInt128'
  return Number.isInteger(value) ? 'Int64' : 'Float64'
}

/** A question as ClickHouse takes it: equal values are one parameter. */
export function bind(question: Sql): { query: string; query_params: Record<string, SqlValue> } {
  const names = new Map<string, string>()
  const parameters: Record<string, SqlValue> = {}
  const written = question.text((_, value) => {
    const key = `${typeOf(value)} ${value}`
    const name = names.get(key) ?? `p${names.size}`
    names.set(key, name)
    parameters[name] = value
    return `{${name}:${typeOf(value)}}`
  })
  return { query: NAMES.reduce((query, [theirs, own]) => query.replace(theirs, own), written), query_params: parameters }
}

export type Decode = (value: unknown) => unknown

function toNumber(value: unknown): number | null {
  if (value === null) return null
  const number = Number(value)
  if (typeof value === 'string' && !Number.isSafeInteger(number))
    throw new Problem('store', `Integer ${value} does not fit: cast or narrow it in the question`)
  return number
}

/** How a value of a column comes out of JSON, by the name of the column's type. */
export function decoderOf(type: string): Decode {
  const plain = /^(?:LowCardinality\(|Nullable\()*(\w+)/.exec(type)![1]!
  if (plain === 'UInt128') return (value) => (value === null ? null : BigInt(value as string))
  return /^U?Int\d+$/.test(plain) ? toNumber : (value) => value
}

/** Opens a client. Answers come compressed; who sends rows compresses them by what they are. */
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

/** Messages repeat the statement. Characters. */
const LONGEST_MESSAGE = 500

/** An error of the client or the server as ours. The client's messages name neither user nor password. */
export function toProblem(what: string, error: unknown): Problem {
  if (error instanceof Problem) return error
  const message = (error instanceof Error ? error.message : String(error)).trim().split('\n')[0]!
  return new Problem('store', `ClickHouse ${what}: ${message.slice(0, LONGEST_MESSAGE)}`, { cause: error })
}
