import { BIGINT, BOOLEAN, type DuckDBType, type DuckDBValue, VARCHAR } from '@duckdb/node-api'
import type { BlobState, Rejection } from '@/lib/flow/blob'
import type { FlowGroup } from '@/lib/flow/tuple'

/** One table in DuckDB whose rows are objects of ours: columns in order, with how a value is read off the object. */
export interface Table<Row> {
  name: string
  columns: readonly { name: string; type: DuckDBType; of: (row: Row) => string | number | boolean | null }[]
}

export const GROUPS: Table<FlowGroup> = {
  name: 'groups',
  columns: [
    { name: 'id', type: BIGINT, of: (group) => group.id },
    { name: 'source', type: VARCHAR, of: (group) => group.source },
    { name: 'log', type: VARCHAR, of: (group) => group.log },
    { name: 'log_name', type: VARCHAR, of: (group) => group.logName },
    { name: 'mac', type: VARCHAR, of: (group) => group.mac },
    { name: 'format', type: VARCHAR, of: (group) => group.format },
    { name: 'acl', type: VARCHAR, of: (group) => group.acl },
    { name: 'rule', type: VARCHAR, of: (group) => group.rule },
    { name: 'enc', type: VARCHAR, of: (group) => group.enc },
    { name: 'proto', type: VARCHAR, of: (group) => group.proto },
    { name: 'state', type: VARCHAR, of: (group) => group.state },
  ],
}

export const REJECTIONS: Table<Rejection> = {
  name: 'rejections',
  columns: [
    { name: 'blob', type: BIGINT, of: (rejection) => rejection.blob },
    { name: 'reason', type: VARCHAR, of: (rejection) => rejection.reason },
    { name: 'what', type: VARCHAR, of: (rejection) => rejection.what },
    { name: 'count', type: BIGINT, of: (rejection) => rejection.count },
    { name: 'pos', type: BIGINT, of: (rejection) => rejection.offset },
    { name: 'sample', type: VARCHAR, of: (rejection) => rejection.sample },
  ],
}

function blobColumn<Key extends keyof BlobState>(name: Key, type: DuckDBType) {
  return { name, type, of: (state: BlobState) => state[name] }
}

/** Column names are BlobState's own, so that a row read back is one. */
export const BLOBS: Table<BlobState> = {
  name: 'blobs',
  columns: [
    blobColumn('id', BIGINT),
    blobColumn('source', VARCHAR),
    blobColumn('container', VARCHAR),
    blobColumn('name', VARCHAR),
    blobColumn('etag', VARCHAR),
    blobColumn('length', BIGINT),
    blobColumn('modified', BIGINT),
    blobColumn('scope', VARCHAR),
    blobColumn('hour', BIGINT),
    blobColumn('mac', VARCHAR),
    blobColumn('log', VARCHAR),
    blobColumn('resume', BIGINT),
    blobColumn('complete', BOOLEAN),
    blobColumn('through', BIGINT),
    blobColumn('first', BIGINT),
    blobColumn('last', BIGINT),
    blobColumn('tuples', BIGINT),
    blobColumn('records', BIGINT),
    blobColumn('mark', VARCHAR),
  ],
}

/** Facts, in the order that the spool is selected. DuckDB unpacks bit-packed 128-bit integers a hundred times slower than it reads plain ones. */
export const CREATE_TUPLES = `create table tuples(
  time bigint not null, record_time bigint not null,
  src uhugeint not null using compression uncompressed, dst uhugeint not null using compression uncompressed,
  sport usmallint not null, dport usmallint not null, proto usmallint not null,
  dir utinyint not null, action utinyint not null, state utinyint not null,
  packets_sent bigint, bytes_sent bigint, packets_received bigint, bytes_received bigint,
  grp bigint not null, blob bigint not null, hour bigint not null, pos bigint not null, record_pos bigint not null)`

/** A shift of 128 bits costs DuckDB four times a cast, and IPv4 needs none. */
function address(end: 'src' | 'dst'): string {
  return `case when ${end}_hi = 0 then ${end}_lo::uhugeint else (${end}_hi::uhugeint << 64) | ${end}_lo end`
}

export const FROM_SPOOL = `select time::bigint, record_time::bigint, ${address('src')}, ${address('dst')},
  sport::usmallint, dport::usmallint, proto::usmallint, dir::utinyint, action::utinyint, state::utinyint,
  nullif(packets_sent::bigint, -1), nullif(bytes_sent::bigint, -1), nullif(packets_received::bigint, -1), nullif(bytes_received::bigint, -1),
  grp::bigint, blob::bigint, hour::bigint, pos::bigint, record_pos::bigint`

export function createTable<Row>(table: Table<Row>): string {
  return `create table ${table.name}(${table.columns.map(({ name, type }) => `"${name}" ${type}`).join(', ')})`
}

/** Rows as DuckDB wants them. */
export function toValues<Row>(table: Table<Row>, rows: readonly Row[]): DuckDBValue[][] {
  return rows.map((row) =>
    table.columns.map(({ type, of }) => {
      const value = of(row)
      return type === BIGINT && typeof value === 'number' ? BigInt(value) : value
    }),
  )
}
