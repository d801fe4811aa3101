import { NET_WORDS, scopeRanges } from '@/lib/flow/address/scope'
import type { ContextName } from '@/lib/flow/field/context'
import { type ContextField, type Field, fieldOf, type KeyField } from '@/lib/flow/field/fields'
import type { View } from '@/lib/flow/view/view'
import { foldedAcl } from '@/lib/query/columns/acl'
import { COLUMNS, type Column, type ColumnType, NAMED_TUPLES, TUPLES } from '@/lib/query/columns/columns'
import { Cost } from '@/lib/query/condition/cost'
import { type Beside, beside } from '@/lib/query/condition/known/beside'
import { inRanges } from '@/lib/query/condition/within'
import { rangesOf } from '@/lib/query/filter/ranges'
import { join, type Sql, sql } from '@/lib/store/sql'
import type { Scope } from './scope'
import { inRange, where } from './where'

/** Tuples with a key of one to four fields. */
export interface Keyed {
  /** A subselect with `key0`, `key1` …, `other_end` and the columns that measures need. */
  from: Sql
  /** `key0`, `key0, key1` … */
  keys: Sql
  /** For a query grouped by the keys: `, … as shown0`, `shown1` … for a key that is an ACL, in the spelling of one of its tuples. */
  shown: Sql
  types: ColumnType[]
  /** True if every tuple occurs exactly once. */
  once: boolean
  /** The value that counts as a peer of the key. */
  peer: Sql
}

type Plain = Exclude<KeyField, 'ip' | 'port' | ContextField>

/** One way to get a field from a tuple. A second way, for the other end, counts only if it gives a different value. */
interface Take {
  column: Column
  isAcl: boolean
  /** The end that it concerns, or null. */
  end: 'src' | 'dst' | null
  /** Joins that the value needs. */
  besides: readonly Beside[]
  unless: Sql | null
}

const OTHER_END = { src: sql`dst`, dst: sql`src` }
/** Names of the keys, in order. */
export const KEYS = [sql`key0`, sql`key1`, sql`key2`, sql`key3`]
const WRITTEN = [sql`written0`, sql`written1`, sql`written2`, sql`written3`]
const SHOWN = [sql`shown0`, sql`shown1`, sql`shown2`, sql`shown3`]

function plain(field: Plain, unless: Sql | null = null): Take {
  return {
    column: COLUMNS[field],
    isAcl: field === 'acl',
    end: field === 'src' || field === 'dst' ? field : (fieldOf(field).block?.end ?? null),
    besides: [],
    unless,
  }
}

const NETS = NET_WORDS.filter((word) => word !== 'public')

/** Returns the kind of an address, which needs no context file. */
function netOf(end: 'src' | 'dst'): Sql {
  const cases = NETS.map((word) => sql`when ${inRanges(end, rangesOf(scopeRanges(word)), new Cost())} then ${word}`)
  return cases.reduceRight((rest, one) => sql`${one} ${rest}`, sql`else ${'public'} end`)
}

function besideOf(end: 'src' | 'dst', name: ContextName, { view, scope, number }: Asked): Beside {
  return name === 'net'
    ? { join: sql``, condition: null, value: sql`case ${netOf(end)}` }
    : beside(end, name, scope.context, inRange(view, scope), number)
}

interface Asked {
  view: View
  scope: Scope
  /** Position among the requested fields. */
  number: number
}

function ofContext({ name, end }: NonNullable<Field['context']>, asked: Asked): Take[] {
  const of = (end: 'src' | 'dst', number: number) => besideOf(end, name, { ...asked, number })
  const take = (end: 'src' | 'dst', own: Beside, besides: readonly Beside[], unless: Sql | null): Take => ({
    column: { type: 'text', value: own.value, named: false },
    isAcl: false,
    end,
    besides,
    unless,
  })
  const number = asked.number * 2
  if (end !== null) {
    const own = of(end, number)
    return [take(end, own, [own], null)]
  }
  const [source, destination] = [of('src', number), of('dst', number + 1)]
  return [take('src', source, [source], null), take('dst', destination, [source, destination], sql`${source.value} = ${destination.value}`)]
}

function takes(field: KeyField, asked: Asked): Take[] {
  const { context } = fieldOf(field)
  if (context) return ofContext(context, asked)
  if (field === 'ip') return [plain('src'), plain('dst', sql`src = dst`)]
  if (field === 'port') return [plain('sport'), plain('dport', sql`sport = dport`)]
  return [plain(field as Plain)]
}

function combinations(by: readonly KeyField[], view: View, scope: Scope): Take[][] {
  return by.reduce<Take[][]>(
    (done, field, number) => done.flatMap((some) => takes(field, { view, scope, number }).map((take) => [...some, take])),
    [[]],
  )
}

function select(taken: readonly Take[], condition: Sql, peer: Sql): Sql {
  const keys = taken.flatMap(({ column: { value }, isAcl }, i) =>
    isAcl ? [sql`${foldedAcl(value)} as ${KEYS[i]!}`, sql`${value} as ${WRITTEN[i]!}`] : [sql`${value} as ${KEYS[i]!}`],
  )
  const besides = taken.flatMap((one) => one.besides)
  const tuples = taken.some(({ column }) => column.named) ? NAMED_TUPLES : TUPLES
  const from = besides.reduce((joined, one) => sql`${joined} ${one.join}`, tuples)
  const conditions = [
    condition,
    ...besides.flatMap((one) => one.condition ?? []),
    ...taken.flatMap(({ unless }) => (unless ? [sql`not (${unless})`] : [])),
  ]
  return sql`select ${join(keys, ', ')}, ${peer} as other_end, src, dst, dport, time, action, state, grp, dir, blob, pos,
      packets_sent, bytes_sent, packets_received, bytes_received
    from ${from} where ${join(conditions, ' and ')}`
}

function writtenOf(by: readonly KeyField[]): Sql {
  return by.reduce((text, field, i) => (field === 'acl' ? sql`${text}, max(${WRITTEN[i]!}) as ${SHOWN[i]!}` : text), sql``)
}

/** Selects the tuples of the view by one to four fields; a tuple occurs once for each distinct key that it has. */
export function keyed(view: View, scope: Scope, by: readonly KeyField[]): Keyed {
  const condition = where(view, scope)
  const ways = combinations(by, view, scope)
  const branches = ways.map((taken) => {
    const ends = taken.flatMap(({ end }) => end ?? [])
    return { one: ends.length === 1, sql: select(taken, condition, ends.length === 1 ? OTHER_END[ends[0]!] : sql`0`) }
  })
  return {
    once: branches.length === 1,
    from: sql`(${join(
      branches.map((branch) => branch.sql),
      ' union all ',
    )}) as keyed`,
    keys: join(KEYS.slice(0, by.length), ', '),
    shown: writtenOf(by),
    types: ways[0]!.map(({ column }) => column.type),
    peer: branches.every(({ one }) => one) ? sql`other_end` : sql`(src, dst)`,
  }
}
