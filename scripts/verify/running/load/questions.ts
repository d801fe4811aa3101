import type { Random } from '@/lib/parse/test/random'

const MINUTE = 60_000

/** End of the demo's small day. */
export const DAY_END = Date.UTC(2026, 7, 13, 14, 37)
const PATHS = ['timeline', 'talkers', 'paths', 'rules', 'tuples', 'scans', 'values', 'holes', 'coverage'] as const
const FILTERS = ['', 'action:deny', 'dport:443', 'src:10.0.0.0/8', 'proto:tcp bytes>1000', 'dir:in action:allow', 'not rule:Default*']
const WARM = 24
/** Share of queries that nobody has asked before. */
const COLD_SHARE = 1 / 3

function question(random: Random, from: number, to: number): string {
  const keys = new URLSearchParams({ from: new Date(from).toISOString(), to: new Date(to).toISOString() })
  const q = random.pick(FILTERS)
  if (q !== '') keys.set('q', q)
  return `/api/${random.pick(PATHS)}?${keys}`
}

/** Returns a query that nobody has asked before: its range is random to the millisecond. */
export function coldQuestion(random: Random): string {
  const to = DAY_END - random.below(20 * 60) * MINUTE - random.below(MINUTE)
  return question(random, to - MINUTE - random.below(180 * MINUTE), to)
}

/** Returns the queries of a browser: two thirds of them are shared with others. */
export function questions(random: Random): () => { path: string; cold: boolean } {
  const warm = Array.from({ length: WARM }, (_, i) => question(random, DAY_END - (1 + (i % 12)) * 60 * MINUTE, DAY_END))
  return () => {
    const cold = random.chance(COLD_SHARE)
    return { path: cold ? coldQuestion(random) : random.pick(warm), cold }
  }
}

/** Returns a query over the whole day that is as expensive for the engine as any. */
export function heavyQuestion(random: Random): string {
  const from = DAY_END - 24 * 60 * MINUTE - random.below(MINUTE)
  const keys = new URLSearchParams({
    from: new Date(from).toISOString(),
    to: new Date(DAY_END).toISOString(),
    by: 'src,dst',
    limit: '1000',
  })
  return `/api/talkers?${keys}`
}
