import { HOUR } from '@/lib/flow/time/bucket'
import { type ColumnKind, TUPLE_COLUMNS } from '@/lib/flow/tuple/columns'
import { FLUSH_LAG } from '@/lib/flow/view/view'
import { NEW_FLOW } from '@/lib/store/new-flow'
import { GROUPS, MINUTE_COLUMNS, READS, REJECTIONS, type Table, type TableColumn, TUPLE_NAMES, VERSION } from '@/lib/store/schema'

/** Placement of the tables. */
export interface TableLayout {
  database: string
  /** Name of the cluster that the tables are spread over, or null for one server. */
  cluster: string | null
  /** Days after which data is dropped, or null to keep it. It is read again on demand. */
  keepDays: number | null
}

/** Stored tables of this version, so that tables of other versions are not touched; queries use the views and tables named in `store.ts`. */
export const STORED = {
  tuples: `tuples_v${VERSION}`,
  minutes: `minutes_v${VERSION}`,
  marks: `marks_v${VERSION}`,
  groups: `groups_v${VERSION}`,
  blobs: `blobs_v${VERSION}`,
} as const

/** Tables with rows of each mark, of which `marks` tells that the others may have some. */
export const BY_MARK = ['tuples', 'minutes', 'marks'] as const

/** Table of the leases, see `leases.ts`; the same in every version. */
export const LEASES = 'leases'

/** Number of recent inserts that are recognized if a proxy repeats one. */
const REPEATS = 1000

/** Makes an insert a part with a few files, instead of one or two files for each column; merged parts have those. */
const PARTS = 'min_bytes_for_wide_part = 268435456'

/** Rows are kept one day longer than the state of their blob, for queries under way. Days. */
const LINGER = 1

/** Codecs: times and offsets rise slowly within an hour and a group; codes and ids come in runs. */
const RISING = ' codec(Delta, ZSTD(1))'
const PACKED = ' codec(ZSTD(1))'
/** Of columns that most questions read: LZ4 takes some more space, and a third of the time to unpack. */
const OFTEN = { rising: ' codec(Delta, LZ4)', packed: ' codec(LZ4)' }

/** Types and codecs by the typical values within an hour and a group; addresses share their upper bytes. */
const KINDS: Readonly<Record<ColumnKind, string>> = {
  time: `Int64${OFTEN.rising}`,
  offset: `Int64${RISING}`,
  shared: `Int64${OFTEN.rising}`,
  counter: 'Nullable(Int64) codec(T64, ZSTD(1))',
  port: `UInt16${PACKED}`,
  protocol: `UInt16${PACKED}`,
  code: `UInt8${PACKED}`,
  address: `UInt128${OFTEN.packed}`,
}

/** Columns that questions do not see. */
export const HIDDEN = ['card', 'mark', 'loaded'] as const

/** `mark` identifies the blob and the reading that a row comes from; `card` keeps the rows of one network interface on one shard. */
const MARKS = `card UInt64${RISING}, mark UInt64${OFTEN.rising}`

const TUPLES = `${TUPLE_COLUMNS.map(({ stored, kind }) => `${stored} ${KINDS[kind]}`).join(', ')}, rolled Bool${PACKED}, ${MARKS},
  loaded DateTime default now()${RISING}`

const MINUTE_KINDS: Readonly<Record<(typeof MINUTE_COLUMNS)[number]['kind'], string>> = {
  key: `Int64${RISING}`,
  code: 'UInt8',
  sum: 'Int64',
  total: 'Int128',
}
const MINUTES = `${MINUTE_COLUMNS.map(({ name, kind }) => `${name} ${MINUTE_KINDS[kind]}`).join(', ')}, ${MARKS}, loaded DateTime`

const TYPES: Readonly<Record<TableColumn<unknown>['type'], string>> = { integer: 'Int64', text: 'String', boolean: 'Bool' }

function typeOf<Row>({ type, nullable }: TableColumn<Row>): string {
  return nullable ? `Nullable(${TYPES[type]})` : TYPES[type]
}

/** Returns the columns of a table in the notation of `input`: `id Int64, source String`. */
export function inputOf<Row>({ columns }: Table<Row>): string {
  return columns.map((column) => `${column.name} ${typeOf(column)}`).join(', ')
}

const GROUP_COLUMNS = GROUPS.columns
  .map((column) => `${column.name} ${column.few ? `LowCardinality(${typeOf(column)})` : typeOf(column)}`)
  .join(', ')

/** Returns a table whose rows are stored within the row of their blob, as tuples of its other columns. */
export function withoutBlob<Row>({ name, columns }: Table<Row>): Table<Row> {
  return { name, columns: columns.filter((column) => column.name !== 'blob') }
}

function arrayOf<Row>(table: Table<Row>): string {
  return `Array(Tuple(${withoutBlob(table).columns.map(typeOf).join(', ')}))`
}

/** Selects the columns of such rows from `tuple`. */
function outOf<Row>(table: Table<Row>, tuple: string): string {
  return withoutBlob(table)
    .columns.map(({ name }, i) => `${tuple}.${i + 1} as ${name}`)
    .join(', ')
}

/**
 * The states of blobs; of each blob, the row with the highest `rank` counts, see `chain.ts`. Pieces and rejections are part of the row, so that one insert is
 * one transaction. `state` is JSON of the BlobState. All rows of a blob have the same `hour`: that of its path, or -1. Its tuples are from `first` to `last`
 * (epoch milliseconds), and it is `strayed` if some of them may be of times that blobs of its hour do not have, see `countedMarks`.
 */
export const BLOB_COLUMNS = [
  { name: 'hour', type: 'Int64' },
  { name: 'id', type: 'Int64' },
  { name: 'rank', type: 'UInt128' },
  { name: 'forgotten', type: 'Bool' },
  { name: 'marks', type: 'Array(UInt64)' },
  { name: 'state', type: 'String', codec: PACKED },
  { name: 'pieces', type: arrayOf(READS), codec: PACKED },
  { name: 'rejections', type: arrayOf(REJECTIONS), codec: PACKED },
  { name: 'loaded', type: 'DateTime' },
  { name: 'first', type: 'Int64' },
  { name: 'last', type: 'Int64' },
  { name: 'strayed', type: 'Bool' },
] as const satisfies readonly { name: string; type: string; codec?: string }[]

const BLOBS = `${BLOB_COLUMNS.map((column) => `${column.name} ${column.type}${'codec' in column ? column.codec : ''}`).join(', ')},
  stored DateTime64(3, 'UTC') default now64(3, 'UTC'), index by_strayed strayed type minmax granularity 1, index by_stored stored type minmax granularity 1`

/** The blobs of a question: those that may hold tuples of [from, to) (epoch milliseconds), those of a condition over `id`, or all. */
export type Asked = { from: number; to: number } | { ids: string } | null

/** Returns a condition over the table of blobs that holds for the blobs of a question, or for none or all rows of a blob: it must not hide the row that counts. */
function mayHold(asked: Asked, blobs: string): string {
  if (asked === null) return ''
  if ('ids' in asked) return ` and id ${asked.ids}`
  const { from, to } = asked
  const within = `first < ${to} and last >= ${from}`
  return ` and ${within} and ((hour > ${from - HOUR} and hour < ${to + FLUSH_LAG})
    or (hour, id) in (select hour, id from ${blobs} where strayed and ${within}))`
}

/**
 * Selects the marks whose rows count, of the blobs of a question. The cost follows their hours: the key leads to the blobs of these hours, an index to the
 * others that may hold such tuples.
 */
export function countedMarks(asked: Asked, keepDays: number | null, blobs: string = STORED.blobs): string {
  const kept = keepDays === null ? '' : ` and loaded > now() - interval ${keepDays} day`
  return `select arrayJoin(marks) from ${blobs} final where not forgotten${kept}${mayHold(asked, blobs)}`
}

/** The day of an hour, as the server names its partition. */
export const DAY = `toYYYYMMDD(toDateTime(intDiv(greatest(hour, 0), 1000), 'UTC'))`
/** A blob is in one partition, so that all rows that a statement adds to it appear together. */
const BY_DAY = `partition by ${DAY}`

/** The number of rows with each mark, so that marks whose rows do not count are found without reading the rows. */
const MARK_TYPES = `hour Int64${RISING}, blob Int64${PACKED}, mark UInt64${PACKED}, card UInt64${RISING}, rows Int64${PACKED}, loaded DateTime${RISING}`

const MINUTE_NAMES = MINUTE_COLUMNS.map(({ name }) => name)

/** The columns of `minutes` computed from rows of tuples, except those that are columns of tuples. */
const ROLLED_UP: Readonly<Partial<Record<(typeof MINUTE_NAMES)[number], string>>> = {
  minute: 'time - time % 60000',
  record_minute: 'record_time - record_time % 60000',
  tuples: 'toInt64(count())',
  flows: `toInt64(countIf(${NEW_FLOW.parts[0]}))`,
  bytes_sent: 'sum(toInt128(ifNull(bytes_sent, 0)))',
  bytes_received: 'sum(toInt128(ifNull(bytes_received, 0)))',
  packets: 'sum(toInt128(ifNull(packets_sent, 0)) + ifNull(packets_received, 0))',
  first: 'min(time)',
  last: 'max(time)',
}

const ROLL_UP = `select ${MINUTE_NAMES.map((name) => (ROLLED_UP[name] ? `${ROLLED_UP[name]} as ${name}` : name)).join(', ')}, card, mark,
  any(loaded) as loaded`
const ROLL_UP_KEYS = MINUTE_COLUMNS.flatMap(({ name, kind }) => (kind === 'sum' || kind === 'total' ? [] : [name])).join(', ')

function onCluster({ cluster }: TableLayout): string {
  return cluster === null ? '' : ` on cluster \`${cluster}\``
}

function shardOf({ database, cluster }: TableLayout, name: string): string {
  return `\`${database}\`.${name}${cluster === null ? '' : '_shard'}`
}

/** Returns the statements that create the tables, in order; each does nothing if its object exists. */
export function schema(layout: TableLayout): string[] {
  const { database, cluster, keepDays } = layout
  const on = onCluster(layout)
  const at = (name: string) => `\`${database}\`.${name}`
  const local = (name: string) => shardOf(layout, name)
  const engine = (kind: string, of: string) =>
    cluster === null
      ? `${kind}(${of})`
      : `Replicated${kind}('/clickhouse/tables/{shard}/{database}/{table}', '{replica}'${of && `, ${of}`})`
  /** Every server has a full copy. */
  const everywhere = (kind: string, of: string) =>
    cluster === null
      ? `${kind}(${of})`
      : `Replicated${kind}('/clickhouse/tables/all/{database}/{table}', '{shard}-{replica}'${of && `, ${of}`})`
  const expire = (days: number) => (keepDays === null ? '' : `ttl loaded + interval ${keepDays + days} day`)
  const kept = keepDays === null ? '' : ` and loaded > now() - interval ${keepDays} day`
  const counted = (columns: string, from: string) =>
    `select ${columns} from ${local(from)} where mark in (${countedMarks(null, keepDays, at(STORED.blobs))})`
  const rows = (name: (typeof BY_MARK)[number], columns: string, order: string, more: string) => [
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
${ROLL_UP} from ${local(STORED.tuples)} where rolled group by ${ROLL_UP_KEYS}, card, mark`,
    ...rows('marks', MARK_TYPES, 'blob, mark', ''),
    `create materialized view if not exists ${local(`${STORED.marks}_of_tuples`)}${on} to ${local(STORED.marks)} as
select hour, blob, mark, card, toInt64(count()) as rows, any(loaded) as loaded from ${local(STORED.tuples)} group by hour, blob, mark, card`,
    `create table if not exists ${at(STORED.groups)}${on} (${GROUP_COLUMNS}) engine = ${everywhere('ReplacingMergeTree', '')} order by id`,
    `create table if not exists ${at(STORED.blobs)}${on} (${BLOBS}) engine = ${everywhere('ReplacingMergeTree', 'rank')}
order by (hour, id) ${expire(0)}`,
    `create table if not exists ${at(LEASES)}${on} (name String, term Int64, claim String, holder String, ms Int64,
  taken DateTime64(3, 'UTC') default now64(3, 'UTC')) engine = ${everywhere('ReplacingMergeTree', 'term')}
order by name${cluster === null ? ` settings non_replicated_deduplication_window = ${REPEATS}` : ''}`,
    ...asked('tuples', [...TUPLE_NAMES, 'rolled'].join(', ')),
    ...asked('minutes', MINUTE_NAMES.join(', ')),
    `create or replace view ${at('groups')}${on} as select * from ${at(STORED.groups)} final`,
    `create or replace view ${at('reads')}${on} as select id as blob, ${outOf(READS, 'piece')}
from ${at(STORED.blobs)} final array join pieces as piece where not forgotten${kept}`,
    `create or replace view ${at('rejections')}${on} as select id as blob, ${outOf(REJECTIONS, 'refused')}
from ${at(STORED.blobs)} final array join rejections as refused where not forgotten${kept}`,
  ]
}

/** Returns the statements that remove the rows of these marks from the partition of a day, in order. */
export function removal(layout: TableLayout, day: string, marks: readonly string[]): string[] {
  const where = `in partition id '${day}' where mark in (${marks.join(', ')})`
  return BY_MARK.map((name) => `alter table ${shardOf(layout, STORED[name])}${onCluster(layout)} delete ${where}`)
}

/** Returns the statement after which every server has all rows of the table of blobs, or null for one server. */
export function blobsEverywhere(layout: TableLayout): string | null {
  return layout.cluster === null ? null : `system sync replica${onCluster(layout)} \`${layout.database}\`.${STORED.blobs}`
}
