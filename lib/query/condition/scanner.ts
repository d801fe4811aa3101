import type { ScannerTerm } from '@/lib/flow/field/scan'
import { ALLOW, DENY, IN } from '@/lib/flow/tuple/tuple'
import type { Kept } from '@/lib/store/kept'
import { join, Pending, SharedRows, Sql, sql } from '@/lib/store/sql'
import { keyOf } from './key-of'
import { either } from './logic'
import { LOOSE_BITS } from './origin'
import { scanKindSql } from './scan-kind'

const COUNTS = { attempts: sql`attempts`, targets: sql`targets`, ports: sql`ports` }

/** Sources that are kept for the next question; where there are more, each asks for them itself. */
const MOST = 100_000

type Query = Parameters<Pending['ask']>[0]

/** The sources of one family in a range. Engines group and look up the 32 bits of an IPv4 address in half the time of an address of any family. */
interface Sources {
  family: 'ipv4' | 'ipv6'
  /** The address or block that a source counts for, null for the other family. */
  origin: Sql
  isOfFamily: Sql
  range: Sql
}

function sourcesOf(family: Sources['family'], group: ScannerTerm['group'], range: Sql): Sources {
  const column = family === 'ipv4' ? sql`src_ipv4` : sql`src_ipv6`
  const bits = LOOSE_BITS[group][family]
  const origin = bits === 0 ? column : sql`">>"(${column}, ${Sql.of([String(bits)], [])})`
  return { family, origin, isOfFamily: sql`${column} is not null`, range }
}

/** The inbound rows of these sources. */
function inbound({ isOfFamily, range }: Sources): Sql {
  return sql`tuples where ${range} and dir = ${IN} and ${isOfFamily}`
}

/** Selects the denied sources by origin, with their counts. `target` is the destination. */
function denied(sources: Sources, target: Sql): Sql {
  return sql`(select origin, count(*) as attempts, count(distinct target) as targets, count(distinct dport) as ports
    from (select ${sources.origin} as origin, ${target} as target, dport from ${inbound(sources)} and action = ${DENY}) as denied
    group by origin) as counted`
}

function letIn(sources: Sources): Sql {
  return sql`select origin from (select ${sources.origin} as origin, action from ${inbound(sources)}) as inbound
    group by origin having min(action) = ${ALLOW} and max(action) = ${DENY}`
}

function kindOf({ word, thresholds }: ScannerTerm & { word: Exclude<ScannerTerm['word'], 'let-in'> }, sources: Sources): Sql {
  if (word !== 'kept-out') return scanKindSql(word, COUNTS, thresholds)
  return sql`(${scanKindSql('any', COUNTS, thresholds)} and origin not in ${new SharedRows(letIn(sources))})`
}

/** Returns the column to count targets by: IPv4 sources seldom have destinations of the other family, and otherwise 32 bits tell these apart. */
async function targetOf(sources: Sources, query: Query, kept: Kept): Promise<Sql> {
  if (sources.family === 'ipv6') return sql`dst`
  const mixed = sql`select 1 as mixed from ${inbound(sources)} and action = ${DENY} and dst_ipv6 is not null limit 1`
  const found = await kept.get(`mixed ${keyOf(mixed)}`, () => query(mixed))
  return found.length > 0 ? sql`dst` : sql`dst_ipv4`
}

/** Returns the condition for rows of any of these scanners of one family. */
async function among(scanners: readonly ScannerTerm[], sources: Sources, query: Query, kept: Kept): Promise<Sql> {
  const kinds = scanners.flatMap((one) => (one.word === 'let-in' ? [] : [{ ...one, word: one.word }]))
  const asked: Sql[] = kinds.length === scanners.length ? [] : [letIn(sources)]
  if (kinds.length > 0) {
    const counted = denied(sources, await targetOf(sources, query, kept))
    asked.push(sql`select origin from ${counted} where ${either(kinds.map((one) => kindOf(one, sources)))}`)
  }
  const question = sql`select origin from (${join(asked, ' union all ')}) as found limit ${MOST + 1}`
  const rows = await kept.get(`scanners ${keyOf(question)}`, () => query<{ origin: number | bigint }>(question))
  if (rows.length > MOST) return sql`${sources.origin} in ${new SharedRows(join(asked, ' union all '))}`
  if (rows.length === 0) return either([])
  const origins = rows.map(({ origin }) => origin)
  return sources.family === 'ipv4'
    ? sql`${sources.origin} in ${origins.map((origin) => Number(origin))}`
    : sql`${sources.origin} in ${origins.map((origin) => BigInt(origin))}`
}

/**
 * Returns the condition over `tuples`, never null, for tuples whose source is any of these scanners, which must all have the same grouping. A source is
 * classified by all of its inbound tuples in the `range`, without the rest of the filter, as in the answer to `scans`.
 */
export function fromScanners(scanners: readonly ScannerTerm[], range: Sql): Sql {
  const { group } = scanners[0]!
  const [ipv4, ipv6] = [sourcesOf('ipv4', group, range), sourcesOf('ipv6', group, range)]
  const found = new Pending(async (query, kept) => {
    const [first, second] = await Promise.all([among(scanners, ipv4, query, kept), among(scanners, ipv6, query, kept)])
    return sql`case when ${ipv4.isOfFamily} then ${first} else ${second} end`
  })
  return sql`${found}`
}
