import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { EXPORT_ENVELOPES } from '@/lib/flow/field/export'
import { EXPORT_FIELDS, KEY_FIELDS, ROW_FIELDS } from '@/lib/flow/field/fields'
import { METRICS, PATH_METRICS } from '@/lib/flow/field/metric'
import { SCAN_GROUPS } from '@/lib/flow/field/scan'
import { FINDING_KINDS } from '@/lib/flow/finding/kinds'
import { Problem } from '@/lib/flow/problem'
import { RULE_KINDS } from '@/lib/flow/tuple/rule-kind'
import type { Asked, AskedRange } from '@/lib/flow/view/view'
import type { Keys } from './keys/key'
import { parseFilter } from './language/parse'
import { printFilter } from './language/print'
import { readLenient, readStrict, write } from './params'
import { filters, thresholds } from './test/arbitrary'
import links from './test/links.json'
import { type PageView, pageKeys, type RouteView, routeKeys, VIEWS } from './views'

const instant = fc.integer({ min: 0, max: 253_402_300_799_998 })
const range: fc.Arbitrary<AskedRange> = fc.oneof(
  fc.constant({ kind: 'newest' as const }),
  fc.integer({ min: 1, max: 50_000 }).map((minutes) => ({ kind: 'last' as const, ms: minutes * 60_000 })),
  fc.tuple(instant, fc.option(instant)).map(([a, b]) => ({
    kind: 'fixed' as const,
    from: b === null ? a : Math.min(a, b),
    to: b === null ? null : Math.max(a, b) + (a === b ? 1 : 0),
  })),
)
const asked: fc.Arbitrary<Asked> = fc
  .record({
    range,
    q: fc.oneof(
      fc.constant(''),
      filters.map(printFilter).filter((q) => q.length <= 4096),
    ),
    logs: fc.uniqueArray(fc.string({ minLength: 1 }), { maxLength: 3 }),
    asof: fc.option(instant),
    once: fc.boolean(),
  })
  .map((rest) => ({ ...rest, filter: parseFilter(rest.q) }))

const values: Record<string, fc.Arbitrary<unknown>> = {
  by: fc.uniqueArray(fc.constantFrom(...KEY_FIELDS), { minLength: 1, maxLength: 2 }),
  field: fc.constantFrom(...KEY_FIELDS),
  prefix: fc.string(),
  off: filters.map(printFilter).filter((off) => off.length <= 4096),
  metric: fc.constantFrom(...METRICS),
  limit: fc.integer({ min: 1, max: 100 }),
  rows: fc.integer({ min: 1, max: 10_000 }),
  pieces: fc.boolean(),
  spark: fc.integer({ min: 0, max: 240 }),
  ip: fc.constantFrom('', '10.0.0.4', '2001:db8::1'),
  buckets: fc.integer({ min: 1, max: 5000 }),
  noise: fc.boolean(),
  per: fc.constantFrom('acl', 'log'),
  kind: fc.constantFrom('all', ...RULE_KINDS),
  rule: fc.option(fc.string().filter((name) => name !== '""')),
  acl: fc.option(fc.string().filter((name) => name !== '""')),
  dir: fc.constantFrom('in', 'out'),
  way: fc.constantFrom('all', 'opened', 'closed'),
  thresholds,
  group: fc.constantFrom(...SCAN_GROUPS),
  baseline: fc.integer({ min: 1, max: 50_000 }).map((minutes) => minutes * 60_000),
  kinds: fc.uniqueArray(fc.constantFrom(...FINDING_KINDS)).map((kinds) => kinds.join()),
  muted: fc.uniqueArray(fc.stringMatching(/^[0-9a-z]{1,11}$/)).map((ids) => ids.join()),
  format: fc.constantFrom('csv', 'ndjson', 'parquet'),
  schema: fc.constantFrom('tuple', 'ecs', 'asim', 'cim'),
  envelope: fc.constantFrom(...EXPORT_ENVELOPES),
  folder: fc.boolean(),
  context: fc.boolean(),
  hash: fc.boolean(),
  tz: fc.constantFrom('utc', 'local'),
  proof: fc.constantFrom('', '0123456789abcdef0123456789abcdef'),
  wait: fc.boolean(),
  ask: fc.boolean(),
  live: fc.boolean(),
  step: fc.integer({ min: 0, max: 8 }),
  prev: fc.boolean(),
  holes: fc.boolean(),
  at: fc.option(instant),
  fold: fc.uniqueArray(fc.stringMatching(/^[a-z0-9-]{1,20}$/)),
  cursor: fc.string(),
  row: fc.constantFrom('', 'b1k4f-3a9'),
  cols: fc.uniqueArray(fc.constantFrom(...ROW_FIELDS)),
  pins: fc.uniqueArray(fc.constantFrom(...ROW_FIELDS)),
  widths: fc.dictionary(fc.constantFrom(...ROW_FIELDS), fc.integer({ min: 32, max: 1200 }), { noNullPrototype: true }),
  density: fc.constantFrom('s', 'm', 'l'),
  facets: fc.uniqueArray(fc.constantFrom(...KEY_FIELDS)),
  rhythm: fc.boolean(),
  flat: fc.boolean(),
  sort: fc.uniqueArray(fc.record({ field: fc.constantFrom(...ROW_FIELDS), descending: fc.boolean() }), {
    minLength: 1,
    selector: ({ field }) => field,
  }),
}
const orderOf = (...columns: string[]) => ({ sort: fc.record({ column: fc.constantFrom(...columns), descending: fc.boolean() }) })
const baseline = fc.constantFrom(null, 'prev', 86_400_000, 7 * 86_400_000)
/** Views whose own key differs from the key of the same name elsewhere. */
const own: Partial<Record<string, Record<string, fc.Arbitrary<unknown>>>> = {
  host: { baseline },
  findings: { thresholds: fc.constantFrom('', 'beacon.calls:20', 'let-in.denied:5,exposed.sources:2') },
  paths: {
    by: fc.array(fc.constantFrom(...KEY_FIELDS), { minLength: 2, maxLength: 4 }),
    metric: fc.constantFrom(...PATH_METRICS),
    baseline: fc.integer({ min: 0, max: 50_000 }).map((minutes) => minutes * 60_000),
    show: fc.constantFrom('flow', 'matrix'),
  },
  export: { per: fc.constantFrom('tuple', 'flow'), cols: fc.uniqueArray(fc.constantFrom(...EXPORT_FIELDS)) },
  overview: { ...orderOf('metric', 'key', 'bytes', 'last'), baseline },
  talkers: orderOf('metric', 'key', 'interval'),
  scans: orderOf('allowed', 'first'),
  tuples: { per: fc.constantFrom('tuple', 'flow'), order: orderOf('first', 'bytesSent').sort },
  flips: orderOf('at', 'src'),
  flows: orderOf('first', 'bytesSent'),
  rule: { spark: fc.integer({ min: 1, max: 240 }) },
  rules: { ...orderOf('tuples', 'rule', 'deny', 'last'), baseline },
}
const routes = Object.keys(VIEWS).filter((view) => 'route' in VIEWS[view as keyof typeof VIEWS]) as RouteView[]
const pages = Object.keys(VIEWS).filter((view) => 'page' in VIEWS[view as keyof typeof VIEWS]) as PageView[]

function refusal(view: RouteView, query: string): Problem {
  try {
    readStrict(view, new URLSearchParams(query))
  } catch (error) {
    if (error instanceof Problem) return error
    throw error
  }
  throw new Error(`${query} was understood`)
}

describe('write', () => {
  function randomOptions(view: string, keys: Keys): fc.Arbitrary<Record<string, unknown>> {
    return fc.record(Object.fromEntries(Object.keys(keys).map((key) => [key, own[view]?.[key] ?? values[key]!])))
  }

  test.each(pages)('the link of the page %s is read back unchanged', (view) => {
    const keys: Keys = pageKeys(view)
    fc.assert(
      fc.property(asked, randomOptions(view, keys), (question, options) => {
        const params = write(keys, { asked: question, options })
        const lenient = readLenient(view, new URLSearchParams(params.toString()))
        expect(lenient).toEqual({ value: { asked: question, options }, ignored: [], problem: null })
        expect(write(keys, lenient.value).toString()).toBe(params.toString())
      }),
    )
  })

  test.each(routes)('the link of the route %s is read back unchanged', (view) => {
    const keys: Keys = routeKeys(view)
    const required = Object.keys(keys).filter((key) => keys[key]!.required)
    fc.assert(
      fc.property(asked, randomOptions(view, keys), (question, options) => {
        const params = write(keys, { asked: question, options })
        fc.pre(required.every((key) => params.has(key)))
        expect(readStrict(view, new URLSearchParams(params.toString()))).toEqual({ asked: question, options })
      }),
    )
  })

  test.each(pages)('the link of the page %s omits defaults', (view) => {
    expect(write(pageKeys(view) as Keys, readLenient(view, new URLSearchParams()).value).toString()).toBe('')
  })
})

describe('old links', () => {
  const [ofPages, ofRoutes] = [true, false].map((isPage) => links.filter(({ view }) => pages.includes(view as PageView) === isPage))

  test.each(ofPages!)('page $view?$link', ({ view, link, range: kept, q = '', logs = [], asof = null, once = false, options }) => {
    const { value, ignored, problem } = readLenient(view as PageView, new URLSearchParams(link))
    expect({ ignored, problem }).toEqual({ ignored: [], problem: null })
    expect(value.asked).toEqual({ range: kept, q, filter: parseFilter(q), logs, asof, once })
    if (options) expect(value.options).toEqual(options)
    expect(write(pageKeys(view as PageView) as Keys, value).toString()).toBe(link)
  })

  test.each(ofRoutes!)('route $view?$link', ({ view, link, range: kept, q = '', logs = [], asof = null, once = false, options }) => {
    const value = readStrict(view as RouteView, new URLSearchParams(link))
    expect(value.asked).toEqual({ range: kept, q, filter: parseFilter(q), logs, asof, once })
    if (options) expect(value.options).toEqual(options)
    expect(write(routeKeys(view as RouteView) as Keys, value).toString()).toBe(link)
  })
})

it('reads the former name of a key, unless the new one stands beside it, and writes the new one', () => {
  const read = (link: string) => readLenient('host', new URLSearchParams(link))
  const { value, ignored } = read('base=7d')
  expect([ignored, value.options.baseline]).toEqual([[], 7 * 86_400_000])
  expect(write(pageKeys('host'), value).toString()).toBe('baseline=7d')
  expect(read('base=7d&baseline=1d')).toMatchObject({
    value: { options: { baseline: 86_400_000 } },
    ignored: [{ key: 'base' }],
  })
  expect(readLenient('tuples', new URLSearchParams('base=7d')).ignored).toMatchObject([{ key: 'base' }])
})

describe('readStrict', () => {
  const refused: [RouteView, string, string, number, string][] = [
    ['rules', 'colour=red', 'colour', 0, 'unknown'],
    ['rules', 'form=2024-01-01', 'form', 0, 'did you mean from?'],
    ['rules', 'limit=5', 'limit', 0, 'unknown'],
    ['tuples', 'tz=local', 'tz', 0, 'unknown'],
    ['rules', 'q=a&q=b', 'q', 0, 'once'],
    ['rules', 'q=a+dport:99999', 'q', 8, '65535'],
    ['rules', 'from=yesterday', 'from', 0, 'no instant'],
    ['rules', 'from=2024-02-30', 'from', 0, 'does not exist'],
    ['rules', 'from=2024-01-01T24:00:00Z', 'from', 0, 'does not exist'],
    ['rules', 'from=1969-12-31', 'from', 0, 'from 1970'],
    ['rules', 'from=2024-01-01T00:00:00', 'from', 0, 'UTC'],
    ['rules', 'to=2024-01-01', 'to', 0, 'from as well'],
    ['rules', 'from=2024-01-02&to=2024-01-01', 'to', 0, 'before it begins'],
    ['rules', 'from=2024-01-02&to=2024-01-02', 'to', 0, 'before it begins'],
    ['rules', 'last=1h&from=2024-01-02', 'last', 0, 'cannot stand beside'],
    ['rules', 'last=0h', 'last', 0, 'no duration'],
    ['rules', 'last=9999999w', 'last', 0, 'ten years'],
    ['rules', 'last=', 'last', 0, 'no duration'],
    ['rules', 'log=', 'log', 0, 'id of a flow log'],
    ['rules', 'asof=now', 'asof', 0, 'no instant'],
    ['rules', 'once=2', 'once', 0, '0 or 1'],
    ['rules', 'wait=no', 'wait', 0, '0 or 1'],
    ['rules', 'proof=0123456789abcdef0123456789abcdef', 'proof', 0, 'unknown'],
    ['evidence', '', 'proof', 0, 'missing'],
    ['evidence', 'proof=../../etc/passwd', 'proof', 0, '32 hexadecimal digits'],
    ['talkers', 'by=src,dst,dport', 'by', 7, 'one or two'],
    ['talkers', 'by=src,src', 'by', 4, 'twice'],
    ['talkers', 'by=src,dsst', 'by', 4, 'did you mean dst?'],
    ['talkers', 'by=', 'by', 0, 'missing'],
    ['paths', 'by=src', 'by', 3, 'two to four'],
    ['paths', 'by=src,dport,dst,rule,acl', 'by', 18, 'two to four'],
    ['paths', 'by=src,dsst', 'by', 4, 'did you mean dst?'],
    ['paths', 'metric=peers', 'metric', 0, 'tuples, flows, bytes'],
    ['paths', 'limit=0', 'limit', 0, '1 to 1000'],
    ['talkers', 'metric=byte', 'metric', 0, 'did you mean bytes?'],
    ['talkers', 'limit=1001', 'limit', 0, '1 to 1000'],
    ['talkers', 'limit=0', 'limit', 0, '1 to 1000'],
    ['talkers', 'limit=1e2', 'limit', 0, '1 to 1000'],
    ['tuples', 'limit=10001', 'limit', 0, '1 to 10000'],
    ['tuples', 'sort=-time,bytes', 'sort', 6, 'no field bytes'],
    ['tuples', 'sort=src,-src', 'sort', 4, 'twice'],
    ['tuples', 'cursor=', 'cursor', 0, 'no cursor'],
    ['tuples', 'off=dport:22', 'off', 0, 'unknown'],
    ['timeline', 'live=1', 'live', 0, 'unknown'],
    ['timeline', 'prev=1', 'prev', 0, 'unknown'],
    ['values', 'field=sports', 'field', 0, 'did you mean sport?'],
    ['talkers', 'spark=0', 'spark', 0, '1 to 240'],
    ['host', '', 'ip', 0, 'missing'],
    ['host', 'ip=', 'ip', 0, 'no address'],
    ['host', 'ip=999.1.1.1', 'ip', 0, '10.0.0.1 or 2001:db8::1'],
    ['host', 'ip=10.0.0.0/8', 'ip', 0, 'no address'],
    ['timeline', 'buckets=5001', 'buckets', 0, '1 to 5000'],
    ['rules', 'per=day', 'per', 0, 'acl, log'],
    ['rules', 'sort=-deny', 'sort', 0, 'unknown'],
    ['rules', 'spark=0', 'spark', 0, '1 to 240'],
    ['rule', 'rule=UserRule_RDP', 'acl', 0, 'missing'],
    ['rule', 'acl=x&rule=', 'rule', 0, 'a name'],
    ['rule', 'rule=a&acl=b&dir=up', 'dir', 0, 'in, out'],
    ['scans', 'group=32', 'group', 0, 'ip, 24, 16, 64, 48'],
    ['scans', 'thresholds=5/20', 'thresholds', 0, 'usual, wary, sentinel'],
    ['scans', 'thresholds=0/20/5', 'thresholds', 0, 'three numbers'],
    ['flips', 'way=open', 'way', 0, 'did you mean opened?'],
    ['findings', 'kinds=beacon,', 'kinds', 0, 'expected kinds'],
    ['findings', 'baseline=never', 'baseline', 0, 'no duration'],
    ['findings', 'baseline=none', 'baseline', 0, 'no duration'],
    ['paths', 'by=src,dst&baseline=never', 'baseline', 0, 'no duration'],
    ['findings', 'thresholds=beacon:3', 'thresholds', 0, 'out of place'],
    ['findings', 'muted=A', 'muted', 0, 'expected ids'],
    ['export', 'format=xlsx', 'format', 0, 'csv, ndjson, parquet'],
    ['export', 'cols=src,,dst', 'cols', 4, 'missing'],
    ['export', 'format=ndjson&schema=ec', 'schema', 0, 'did you mean ecs?'],
    ['tuples', 'cols=blob', 'cols', 0, 'unknown'],
  ]
  test.each(refused)('%s refuses %s', (view, query, key, at, says) => {
    const problem = refusal(view, query)
    expect({ kind: problem.kind, key: problem.key, at: problem.at }).toEqual({ kind: 'ask', key, at })
    expect(problem.message).toContain(says)
  })

  it('reads a valid link', () => {
    expect(readStrict('talkers', new URLSearchParams('from=2024-01-01&by=dst&limit=1000&log=x&log=y&log=x&wait=0'))).toEqual({
      asked: {
        range: { kind: 'fixed', from: Date.UTC(2024, 0, 1), to: null },
        q: '',
        filter: null,
        logs: ['x', 'y'],
        asof: null,
        once: false,
      },
      options: {
        by: ['dst'],
        metric: 'tuples',
        limit: 1000,
        spark: 0,
        wait: false,
        rhythm: false,
        sort: { column: 'metric', descending: true },
      },
    })
    expect(readStrict('host', new URLSearchParams('ip=[2001:DB8:0::1]')).options.ip).toBe('2001:db8::1')
  })
})

describe('readLenient', () => {
  it('reports what it ignored, and continues', () => {
    const { value, ignored, problem } = readLenient('overview', new URLSearchParams('colour=red&limit=0&by=dst&last=1h&last=2h'))
    expect(ignored.map(({ key }) => key)).toEqual(['colour', 'limit', 'last'])
    expect(value.options).toMatchObject({ by: ['dst'], limit: 10 })
    expect({ range: value.asked.range, problem }).toEqual({ range: { kind: 'newest' }, problem: null })
  })

  it('does not accept keys of the route that the page lacks', () => {
    const { value, ignored } = readLenient('host', new URLSearchParams('ip=10.0.0.4&metric=bytes'))
    expect(ignored.map(({ key }) => key)).toEqual(['ip'])
    expect(value.options).toMatchObject({ metric: 'bytes' })
  })

  it('ignores a switch that is neither on nor off', () => {
    const { value, ignored } = readLenient('overview', new URLSearchParams('live=yes&prev=1'))
    expect(ignored).toEqual([{ key: 'live', message: expect.stringContaining('expected 0 or 1') }])
    expect(value.options).toMatchObject({ live: false, prev: true })
  })

  it('ignores switched-off terms that cannot be parsed, and uses the rest', () => {
    const { value, ignored, problem } = readLenient('rules', new URLSearchParams('q=dport:22&off=dport:99999'))
    expect(ignored).toEqual([{ key: 'off', message: expect.stringContaining('Key off: ') }])
    expect({ q: value.asked.q, off: value.options.off, problem }).toEqual({ q: 'dport:22', off: '', problem: null })
  })

  it('reports a filter that cannot be parsed separately', () => {
    const { value, ignored, problem } = readLenient('rules', new URLSearchParams('q=dport:99999'))
    expect({ q: value.asked.q, filter: value.asked.filter, ignored }).toEqual({ q: 'dport:99999', filter: null, ignored: [] })
    expect(problem).toMatchObject({ kind: 'ask', key: 'q', at: 6 })
  })
})
