import type { Random } from '@/lib/parse/test/random'

const MINUTE = 60_000

/** The demo's small day. */
export const DAY_END = Date.UTC(2026, 7, 13, 14, 37)
const PATHS = ['timeline', 'talkers', 'paths', 'rules', 'tuples', 'scans', 'values', 'holes', 'coverage'] as const
const FILTERS = ['', 'action:deny', 'dport:443', 'src:10.0.0.0/8', 'proto:tcp bytes>1000', 'dir:in action:allow', 'not rule:Default*']
const WARM = 24
/** Of all questions, asked for the first time by anybody. */
const COLD_SHARE = 1 / 3

function question(random: Random, from: number, to: number): string {
  const keys = new URLSearchParams({ from: new Date(from).toISOString(), to: new Date(to).toISOString() })
  const q = random.pick(FILTERS)
  if (q !== '') keys.set('q', q)
  return `/api/${random.pick(PATHS)}?${keys}`
}

/** A question that nobody asked before: ranges are drawn to the millisecond. */
export function coldQuestion(random: Random): string {
  const to = DAY_END - random.below(20 * 60) * MINUTE - random.below(MINUTE)
  return question(random, to - MINUTE - random.below(180 * MINUTE), to)
}

/** What a browser asks: two times of three what others ask too. */
export function questions(random: Random): () => { path: string; cold: boolean } {
  const warm = Array.from({ length: WARM }, (_, i) => question(random, DAY_END - (1 + (i % 12)) * 60 * MINUTE, DAY_END))
  return () => {
    const cold = random.chance(COLD_SHARE)
    return { path: cold ? coldQuestion(random) : random.pick(warm), cold }
  }
}

/** A question over the whole day that costs the engine as much as any. */
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
