import { parseAddress, parseCidr } from '@/lib/flow/address/address'
import type { TalkersAnswer } from '@/lib/flow/answer/traffic/talkers'
import type { KeyField } from '@/lib/flow/field/fields'
import { bucketWidth, floorTo } from '@/lib/flow/time/bucket'
import { DENY } from '@/lib/flow/tuple/tuple'
import type { View } from '@/lib/flow/view/view'
import type { ColumnType } from '@/lib/query/columns/columns'
import { MEASURES } from '@/lib/query/columns/measures'
import { type CellValue, wordOf } from '@/lib/query/columns/words'
import { keyed } from '@/lib/query/where/keyed'
import { join, type Sql, sql } from '@/lib/store/sql'
import type { Store } from '@/lib/store/store'
import { type TalkersOptions, talkers } from './talkers'

export interface SparkOptions extends TalkersOptions {
  /** Maximum number of buckets in the history of each row; 0 for no history. */
  spark?: number
}

type Key = TalkersAnswer['rows'][number]['key']
type Spark = NonNullable<TalkersAnswer['rows'][number]['spark']>

const KEYS = [sql`key0`, sql`key1`]

function cellOf(type: ColumnType, word: string): CellValue {
  if (type === 'address') return parseAddress(word)!
  if (type === '24' || type === '16') return parseCidr(word)!.first
  return type === 'number' ? Number(word) : word
}

function wordsOf(key: Key): readonly string[] {
  return typeof key === 'string' ? [key] : key
}

/** Returns a key in the engine's words: ACLs are case-insensitive. */
function foldedOf(key: Key, by: readonly KeyField[]): string[] {
  return wordsOf(key).map((word, i) => (by[i] === 'acl' ? word.toLowerCase() : word))
}

/** Returns a condition for these keys. For pairs, it is wider: every first value with every second one. */
function among(keys: readonly (readonly string[])[], types: readonly ColumnType[]): Sql {
  const conditions = types.map((type, i) => {
    const words = new Set(keys.map((key) => key[i]!))
    const cells = [...words].map((word) => sql`${cellOf(type, word)}`)
    return sql`${KEYS[i]!} in (${join(cells, ', ')})`
  })
  return join(conditions, ' and ')
}

/** Counts tuples of these keys over the range, allowed and denied separately, including empty buckets. */
async function sparksOf(
  store: Store,
  view: View,
  { scope, by = ['src'], spark = 0 }: SparkOptions,
  shown: readonly Key[],
  signal?: AbortSignal,
): Promise<{ bucketMs: number; sparks: Spark[] }> {
  const width = bucketWidth(view.from, view.to, spark)
  const start = floorTo(view.from, width)
  const empty = () => new Array<number>(Math.ceil((view.to - start) / width)).fill(0)
  const folded = shown.map((key) => foldedOf(key, by))
  const sparks = new Map(folded.map((key) => [JSON.stringify(key), { allow: empty(), deny: empty() }]))
  const { from, keys, types } = keyed(view, scope, by)
  const rows =
    shown.length === 0
      ? []
      : await store.query<{ key0: CellValue; key1?: CellValue; bucket: number; side: number; tuples: number }>(
          sql`select ${keys}, time - time % ${width} as bucket, action as side, ${MEASURES.tuples} as tuples
            from ${from} where ${among(folded, types)} group by ${keys}, bucket, side`,
          signal,
        )
  for (const { key0, key1, bucket, side, tuples } of rows) {
    const words = types.map((type, i) => wordOf(type, i === 0 ? key0 : key1!))
    const course = sparks.get(JSON.stringify(words))
    if (course) course[side === DENY ? 'deny' : 'allow'][(bucket - start) / width] = tuples
  }
  return { bucketMs: width, sparks: [...sparks.values()] }
}

/** Returns the talkers, each with its history over the range if requested: a second query, about the shown keys only. */
export async function talkersWithSpark(
  store: Store,
  view: View,
  options: SparkOptions,
  signal?: AbortSignal,
): Promise<Omit<TalkersAnswer, 'view' | 'coverage'>> {
  const answer = await talkers(store, view, options, signal)
  if (!options.spark) return answer
  const { bucketMs, sparks } = await sparksOf(
    store,
    view,
    options,
    answer.rows.map(({ key }) => key),
    signal,
  )
  return { ...answer, bucketMs, rows: answer.rows.map((row, i) => ({ ...row, spark: sparks[i]! })) }
}
