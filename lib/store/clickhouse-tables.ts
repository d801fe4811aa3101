/** Grows with every change of the tables or of what the parser reads: what another version stored is left alone, and read anew. */
const VERSION = 1

/** How the tables are laid out. */
export interface Layout {
  database: string
  /** Name of the cluster to spread them over, or null for one server. */
  cluster: string | null
  /** Days after which what was read is dropped, or null to keep it. It is read again when somebody asks. */
  keepDays: number | null
}

/** Stored tables; what questions ask are the views and tables named in `store.ts`. */
export const STORED = {
  tuples: `tuples_v${VERSION}`,
  minutes: `minutes_v${VERSION}`,
  groups: `groups_v${VERSION}`,
  blobs: `blobs_v${VERSION}`,
} as const

/** Inserts that are known again when a proxy sends one twice. */
const REPEATS = 1000

/** What an insert makes is a part of a few files, rather than of one or two for each column; what is merged from several has those. */
const PARTS = 'min_bytes_for_wide_part = 268435456'

/** Rows outlive the memory of their blob by a day, for answers that were under way. Days. */
const LINGER = 1

const COUNTER = 'Nullable(Int64) codec(T64, ZSTD(1))'
const RUN = 'Int64 codec(Delta, ZSTD(1))'

/**
 * Codecs by what a column is like within an hour and a group: times and offsets rise by little, codes and ids come in runs, addresses share their upper
 * bytes. `mark` tells which reading of which blob a row is of, `card` keeps the rows of one network card on one shard.
 */
const TUPLES = `
  time Int64 codec(Delta, ZSTD(1)), record_time ${RUN},
  src UInt128 codec(ZSTD(1)), dst UInt128 codec(ZSTD(1)), sport UInt16 codec(ZSTD(1)), dport UInt16 codec(ZSTD(1)),
  proto UInt16 codec(ZSTD(1)), dir UInt8 codec(ZSTD(1)), action UInt8 codec(ZSTD(1)), state UInt8 codec(ZSTD(1)),
  packets_sent ${COUNTER}, bytes_sent ${COUNTER}, packets_received ${COUNTER}, bytes_received ${COUNTER},
  grp ${RUN}, blob ${RUN}, hour ${RUN}, pos Int64 codec(Delta, ZSTD(1)), record_pos ${RUN}, rolled Bool codec(ZSTD(1)),
  card UInt64 codec(Delta, ZSTD(1)), mark UInt64 codec(Delta, ZSTD(1)), loaded DateTime default now() codec(Delta, ZSTD(1))`

const MINUTES = `
  blob ${RUN}, hour ${RUN}, grp ${RUN}, dir UInt8, action UInt8, minute ${RUN}, record_minute ${RUN}, tuples Int64, flows Int64, bytes_sent Int64,
  bytes_received Int64, packets Int64, first Int64, last Int64, card UInt64 codec(Delta, ZSTD(1)), mark UInt64 codec(Delta, ZSTD(1)), loaded DateTime`

const GROUPS = `
  id Int64, source LowCardinality(String), log String, log_name String, mac String, format LowCardinality(String), acl String, rule String,
  enc LowCardinality(Nullable(String)), proto Nullable(String), state Nullable(String)`

/**
 * What is remembered of a blob, of which the row with the highest \`rank\` counts: see \`clickhouse-chain.ts\`. Pieces and rejections lie in it too, so that
 * one insert is one transaction.
 */
const BLOBS = `
  hour Int64, id Int64, rank UInt128, forgotten Bool, marks Array(UInt64), state String codec(ZSTD(1)),
  pieces Array(Tuple(Int64, Int64, String)) codec(ZSTD(1)),
  rejections Array(Tuple(String, String, Int64, Int64, String)) codec(ZSTD(1)),
  loaded DateTime, stored DateTime64(3, 'UTC') default now64(3, 'UTC')`

/** One blob lies in one partition, so that the rows that a statement adds to it appear together. */
const BY_DAY = `partition by toYYYYMMDD(toDateTime(intDiv(greatest(hour, 0), 1000), 'UTC'))`

export const COLUMNS = `time, record_time, src, dst, sport, dport, proto, dir, action, state, packets_sent, bytes_sent, packets_received, bytes_received,
  grp, blob, hour, pos, record_pos, rolled`
const MINUTE_COLUMNS =
  'blob, hour, grp, dir, action, minute, record_minute, tuples, flows, bytes_sent, bytes_received, packets, first, last'

const ROLL_UP = `select blob, hour, grp, dir, action, time - time % 60000 as minute, record_time - record_time % 60000 as record_minute,
  toInt64(count()) as tuples, toInt64(countIf(state in (0, 1) or action = 1)) as flows, toInt64(sum(ifNull(bytes_sent, 0))) as bytes_sent,
  toInt64(sum(ifNull(bytes_received, 0))) as bytes_received, toInt64(sum(ifNull(packets_sent, 0) + ifNull(packets_received, 0))) as packets,
  min(time) as first, max(time) as last, card, mark, any(loaded) as loaded`

/** The statements that make the tables, in order; each does nothing where its work is done. */
export function schema({ database, cluster, keepDays }: Layout): string[] {
  const on = cluster === null ? '' : ` on cluster \`${cluster}\``
  const at = (name: string) => `\`${database}\`.${name}`
  const local = (name: string) => at(cluster === null ? name : `${name}_shard`)
  const engine = (kind: string, of: string) =>
    cluster === null
      ? `${kind}(${of})`
      : `Replicated${kind}('/clickhouse/tables/{shard}/{database}/{table}', '{replica}'${of && `, ${of}`})`
  /** Every server has all of it. */
  const everywhere = (kind: string, of: string) =>
    cluster === null
      ? `${kind}(${of})`
      : `Replicated${kind}('/clickhouse/tables/all/{database}/{table}', '{shard}-{replica}'${of && `, ${of}`})`
  const expire = (days: number) => (keepDays === null ? '' : `ttl loaded + interval ${keepDays + days} day`)
  const kept = keepDays === null ? '' : ` and loaded > now() - interval ${keepDays} day`
  const counted = (columns: string, from: string) =>
    `select ${columns} from ${local(from)} where mark in (select arrayJoin(marks) from ${at(STORED.blobs)} final where not forgotten${kept})`
  const rows = (name: keyof typeof STORED, columns: string, order: string, more: string) => [
    `create table if not exists ${local(STORED[name])}${on} (${columns}${more}) engine = ${engine('MergeTree', '')}
${BY_DAY} order by (${order}) ${expire(LINGER)} settings ttl_only_drop_parts = 1, ${PARTS}${cluster === null ? `, non_replicated_deduplication_window = ${REPEATS}` : ''}`,
    ...(cluster === null
      ? []
      : [
          `create table if not exists ${at(STORED[name])}${on} as ${local(STORED[name])} engine = Distributed('${cluster}', '${database}', '${STORED[name]}_shard', card)`,
        ]),
  ]
  const asked = (name: 'tuples' | 'minutes', columns: string) =>
    cluster === null
      ? [`create or replace view ${at(name)} as ${counted(columns, STORED[name])}`]
      : [
          `create or replace view ${at(`${name}_counted`)}${on} as ${counted(columns, STORED[name])}`,
          `create table if not exists ${at(name)}${on} as ${at(`${name}_counted`)} engine = Distributed('${cluster}', '${database}', '${name}_counted')`,
        ]
  return [
    `create database if not exists \`${database}\`${on}`,
    ...rows('tuples', TUPLES, 'intDiv(time, 3600000), grp, time', ', index by_pos (blob, pos) type minmax granularity 1'),
    ...rows('minutes', MINUTES, 'minute, grp', ''),
    `create materialized view if not exists ${local(`${STORED.minutes}_of_tuples`)}${on} to ${local(STORED.minutes)} as
${ROLL_UP} from ${local(STORED.tuples)} where rolled group by blob, hour, grp, dir, action, minute, record_minute, card, mark`,
    `create table if not exists ${at(STORED.groups)}${on} (${GROUPS}) engine = ${everywhere('ReplacingMergeTree', '')} order by id`,
    `create table if not exists ${at(STORED.blobs)}${on} (${BLOBS}) engine = ${everywhere('ReplacingMergeTree', 'rank')}
order by (hour, id) ${expire(0)}`,
    ...asked('tuples', COLUMNS),
    ...asked('minutes', MINUTE_COLUMNS),
    `create or replace view ${at('groups')}${on} as select * from ${at(STORED.groups)} final`,
    `create or replace view ${at('reads')}${on} as select id as blob, piece.1 as from_byte, piece.2 as to_byte, piece.3 as sha256
from ${at(STORED.blobs)} final array join pieces as piece where not forgotten${kept}`,
    `create or replace view ${at('rejections')}${on} as select id as blob, refused.1 as reason, refused.2 as what, refused.3 as count,
refused.4 as pos, refused.5 as sample from ${at(STORED.blobs)} final array join rejections as refused where not forgotten${kept}`,
  ]
}
