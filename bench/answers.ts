import type { RulesAnswer } from '@/lib/flow/answer/traffic/rules'
import type { ScansAnswer } from '@/lib/flow/answer/traffic/scans'
import type { TalkersAnswer } from '@/lib/flow/answer/traffic/talkers'
import type { TimelineAnswer } from '@/lib/flow/answer/traffic/timeline'
import type { TupleRow, TuplesAnswer } from '@/lib/flow/answer/tuples/tuples'

/** One row of an answer in plain values: times in epoch milliseconds, addresses and words as in the API. */
export type Fact = Record<string, string | number | null>

/** The compared answers, in the same form for every contender. Their rows are unordered. */
export interface FourAnswers {
  /** Non-empty buckets, allowed and denied apart. */
  timeline: Fact[]
  talkers: Fact[]
  /** Over all talkers, shown or not. */
  everybody: Fact
  rules: Fact[]
  tuples: Fact[]
  total: number
}

/** The same with the scans of the overview. */
export interface FiveAnswers extends FourAnswers {
  scans: Fact[]
}

export interface OurAnswers {
  timeline: Pick<TimelineAnswer, 'buckets'>
  talkers: Pick<TalkersAnswer, 'total' | 'rows' | 'other'>
  rules: Pick<RulesAnswer, 'rows'>
  tuples: Pick<TuplesAnswer, 'total' | 'rows'>
}

const SUMS = ['tuples', 'flows', 'allow', 'deny', 'bytes', 'packets', 'bytesSent', 'bytesReceived'] as const

/** Our answers in that form. */
export function factsOf({ timeline, talkers, rules, tuples }: OurAnswers): FourAnswers {
  const everybody: Fact = { total: talkers.total }
  for (const name of SUMS) everybody[name] = talkers.rows.reduce((sum, row) => sum + row[name], talkers.other[name])
  return {
    timeline: timeline.buckets.flatMap(({ t, allow, deny }) =>
      [
        { t, action: 'allow', ...allow },
        { t, action: 'deny', ...deny },
      ].filter((side) => side.tuples > 0),
    ),
    talkers: talkers.rows.map(({ key, first, last, spark: _, rhythm: __, ...row }) => ({
      key: String(key),
      ...row,
      first: Date.parse(first),
      last: Date.parse(last),
    })),
    everybody,
    rules: rules.rows.map(
      ({
        kind: _,
        log: __,
        spark: ___,
        publicSources: _p,
        publicDestinations: _q,
        sourceCover: _s,
        destinationCover: _d,
        first,
        last,
        ...row
      }) => ({
        ...row,
        first: Date.parse(first),
        last: Date.parse(last),
      }),
    ),
    tuples: (tuples.rows as TupleRow[]).map(({ id: _, log: __, format: ___, enc: ____, time, recordTime, ...row }) => ({
      ...row,
      time: Date.parse(time),
      recordTime: Date.parse(recordTime),
    })),
    total: tuples.total,
  }
}

/** Our scans in that form. */
export function scanFactsOf({ rows }: Pick<ScansAnswer, 'rows'>): Fact[] {
  return rows.map(({ source, attempts, targets, ports, topPorts, first, last, allowed }) => ({
    source,
    attempts,
    targets,
    ports,
    topPorts: topPorts.map((port) => `${port.dport} ${port.proto} ${port.attempts}`).join(', '),
    first: Date.parse(first),
    last: Date.parse(last),
    letIn: allowed?.tuples ?? 0,
    letInFirst: allowed ? Date.parse(allowed.first) : null,
  }))
}
