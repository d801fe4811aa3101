import { readdirSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { View } from '@/lib/flow/view/view'
import { parseFilter } from '@/lib/link/language/parse'
import type { Store } from '@/lib/store/store'
import { ENGINES } from '@/lib/store/test/engines'
import { counters } from './counters/counters'
import { flips } from './flips'
import { host } from './host/host'
import { paths } from './paths/paths'
import { rule } from './rule/rule'
import { rulesWithSpark } from './rules/spark'
import { scans } from './scans'
import { talkers } from './talkers/talkers'
import { type Fact, PLAIN, storeOf } from './test/facts'
import { scopeOf } from './test/scope-of'
import { timelineWithNoise } from './timeline/noise'
import { tuples } from './tuples/tuples'
import { values } from './values'
import type { Scoped } from './where/scope'

/** One file per subject: rows in words (missing properties are as in PLAIN), and queries with the required parts of their answers. */
interface Cases {
  rows: Partial<Fact>[]
  cases: {
    about: string
    ask: keyof typeof ASK
    view?: { from?: string; to?: string; q?: string; logs?: string[]; asof?: string; once?: boolean }
    options?: { sources?: string[] } & Record<string, unknown>
    answer: object
  }[]
}

type Ask = (store: Store, view: View, options: Scoped & { ip: string; rule: string; acl: string }) => Promise<object>

const ASK = {
  timeline: timelineWithNoise,
  talkers,
  paths,
  rules: rulesWithSpark,
  rule,
  tuples,
  scans,
  flips,
  values,
  host,
  counters,
} satisfies Record<string, Ask>

const folder = new URL('./cases/', import.meta.url)

describe.each(ENGINES.flatMap((engine) => readdirSync(folder).map((name) => ({ engine, name }))))('$engine: $name', ({ engine, name }) => {
  const { rows, cases }: Cases = JSON.parse(readFileSync(new URL(name, folder), 'utf8'))
  let held: Awaited<ReturnType<typeof storeOf>>
  beforeAll(async () => {
    held = await storeOf(
      rows.map((row, i) => ({ ...PLAIN, offset: i, ...row })),
      engine,
    )
  })
  afterAll(() => held.close())

  it.each(cases)('$about', async ({ ask, view = {}, options: { sources, ...rest } = {}, answer }) => {
    const { from = '2024-08-12T10:00:00Z', to = '2024-08-12T11:00:00Z', q = '', logs = [], asof, once = false } = view
    const question: View = {
      from: Date.parse(from),
      to: Date.parse(to),
      q,
      filter: parseFilter(q),
      logs,
      asof: asof === undefined ? null : Date.parse(asof),
      once,
    }
    expect(await ASK[ask](held.store, question, { scope: scopeOf(sources ?? null), ip: '', rule: '', acl: '', ...rest })).toMatchObject(
      answer,
    )
  })
})
