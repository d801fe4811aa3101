import type { PathMetric } from '@/lib/flow/field/metric'
import { MEASURES } from '@/lib/query/columns/measures'
import { type CellValue, wordOf } from '@/lib/query/columns/words'
import { KEYS, type Keyed } from '@/lib/query/where/keyed'
import { join, type Sql, sql } from '@/lib/store/sql'
import type { Store } from '@/lib/store/store'

/** The largest values of a column. */
export interface Largest {
  /** Number of distinct values. */
  total: number
  /** As the engine holds them, the largest first. */
  cells: CellValue[]
  /** The same as the API writes them. */
  words: string[]
}

interface Ranked {
  key: CellValue
  /** Spelling of an ACL, in place of its key. */
  shown?: string
  total: number
}

const NAMES = ['key0', 'key1', 'key2', 'key3'] as const
const SHOWN = ['shown0', 'shown1', 'shown2', 'shown3'] as const

type Row = Partial<Record<(typeof NAMES)[number], CellValue | null> & Record<(typeof SHOWN)[number], string | null>> & { total: number }

/** Ranks each column separately; keys are never null, so a row belongs to the column whose key is not null. */
function rankedSql({ from, keys, shown, types }: Keyed, metric: PathMetric, limit: number): Sql {
  const own = KEYS.slice(0, types.length)
  const sets = join(
    own.map((key) => sql`(${key})`),
    ', ',
  )
  const column = sql`case ${own.reduce((cases, key, i) => sql`${cases} when ${key} is not null then ${i}`, sql``)} end`
  return sql`select * from (
      select *, row_number() over (partition by own_column order by rank desc, ${keys}) as place, count(*) over (partition by own_column) as total
      from (select *, ${column} as own_column from (
        select ${keys}, ${MEASURES[metric]} as rank${shown} from ${from} group by grouping sets (${sets})
      ) as ranks) as ranked
    ) as placed where place <= ${limit} order by own_column, place`
}

/** Returns the largest values of every column by `metric`, equal ones in the order of the value. */
export async function largest(store: Store, source: Keyed, metric: PathMetric, limit: number, signal?: AbortSignal): Promise<Largest[]> {
  const rows = await store.query<Row>(rankedSql(source, metric, limit), signal)
  return source.types.map((type, i) => {
    const own = rows.flatMap((row): Ranked[] => {
      const [key, shown] = [row[NAMES[i]!] ?? null, row[SHOWN[i]!] ?? undefined]
      return key === null ? [] : [{ key, total: row.total, ...(shown !== undefined && { shown }) }]
    })
    return {
      total: own[0]?.total ?? 0,
      cells: own.map(({ key }) => key),
      words: own.map(({ key, shown }) => shown ?? wordOf(type, key)),
    }
  })
}
