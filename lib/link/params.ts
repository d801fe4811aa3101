import { Problem } from '@/lib/flow/problem'
import type { Asked, AskedRange } from '@/lib/flow/view'
import { didYouMean } from './did-you-mean'
import { readDuration, readInstant, writeDuration, writeInstant } from './instant'
import { type Key, onceKey } from './keys'
import { parseFilter } from './parse'
import { type Options, VIEWS, type ViewName } from './views'

/** A link of one view: the question that all views share, and the view's own keys. */
export interface Link<V extends ViewName> {
  asked: Asked
  options: Options<V>
}

/** What a page left out of account, and why. */
export interface Ignored {
  key: string
  message: string
}

export interface Lenient<V extends ViewName> {
  value: Link<V>
  ignored: Ignored[]
  /** The filter does not parse: `value.asked.filter` is null and must not be asked. */
  problem: Problem | null
}

const COMMON = ['from', 'to', 'last', 'q', 'log', 'asof', 'once'] as const

/** Takes each Problem as it comes up; the strict reader throws it. */
type Report = (problem: Problem) => void

/** A Problem `ask` about the value of one key, with the key and the position inside the value. Anything else is thrown on. */
export function located(key: string, error: unknown): Problem {
  if (!(error instanceof Problem)) throw error
  return new Problem('ask', key === 'q' ? error.message : `Key ${key}: ${error.message}`, { key, at: error.at ?? 0, cause: error })
}

function keysOf(view: ViewName, strict: boolean): [string, Key<unknown>][] {
  const { keys, page } = VIEWS[view]
  return Object.entries<Key<unknown>>(strict ? keys : { ...keys, ...page })
}

function readOne<Value>(params: URLSearchParams, key: string, read: (text: string) => Value, initial: Value, report: Report): Value {
  const [text, ...more] = params.getAll(key)
  if (text === undefined) return initial
  if (more.length > 0) {
    report(new Problem('ask', `Key ${key} stands here ${more.length + 1} times; expected it once`, { key, at: 0 }))
    return initial
  }
  try {
    return read(text)
  } catch (error) {
    report(located(key, error))
    return initial
  }
}

function readRange(params: URLSearchParams, report: Report): AskedRange {
  const newest: AskedRange = { kind: 'newest' }
  const wrong = (key: string, message: string): AskedRange => {
    report(new Problem('ask', `Key ${key}: ${message}`, { key, at: 0 }))
    return newest
  }
  const last = readOne<number | null>(params, 'last', readDuration, null, report)
  const from = readOne<number | null>(params, 'from', readInstant, null, report)
  const to = readOne<number | null>(params, 'to', readInstant, null, report)
  if (params.has('last') && (params.has('from') || params.has('to')))
    return wrong('last', 'it ends now, so it cannot stand beside from or to; expected one or the other')
  if (last !== null) return { kind: 'last', ms: last }
  if (params.has('to') && !params.has('from')) return wrong('to', 'a range cannot end without a beginning; expected from as well')
  if (from === null || (to === null && params.has('to'))) return newest
  if (to !== null && from >= to) return wrong('to', 'the range ends before it begins; expected an instant after from')
  return { kind: 'fixed', from, to }
}

function readLogs(params: URLSearchParams, report: Report): string[] {
  const logs = params.getAll('log')
  if (logs.includes('')) report(new Problem('ask', 'Key log: nothing stands here; expected the id of a flow log', { key: 'log', at: 0 }))
  return [...new Set(logs.filter((log) => log !== ''))]
}

function readUnknown(params: URLSearchParams, known: readonly string[], report: Report): void {
  for (const key of new Set(params.keys())) {
    if (known.includes(key)) continue
    report(new Problem('ask', `Key ${key} is unknown here; ${didYouMean(key, known)}`, { key, at: 0 }))
  }
}

function read<V extends ViewName>(view: V, params: URLSearchParams, strict: boolean, report: Report): Link<V> {
  const keys = keysOf(view, strict)
  readUnknown(params, [...COMMON, ...keys.map(([key]) => key)], report)
  const options: Record<string, unknown> = Object.fromEntries(keysOf(view, false).map(([key, { initial }]) => [key, initial]))
  for (const [key, { about, required }] of keys)
    if (strict && required && !params.has(key)) report(new Problem('ask', `Key ${key} is missing; expected ${about}`, { key, at: 0 }))
  for (const [key, codec] of keys) options[key] = readOne(params, key, codec.read, codec.initial, report)
  const filter = readOne(params, 'q', parseFilter, null, report)
  const asked: Asked = {
    range: readRange(params, report),
    q: params.get('q') ?? '',
    filter,
    logs: readLogs(params, report),
    asof: readOne<number | null>(params, 'asof', readInstant, null, report),
    once: readOne(params, 'once', onceKey.read, onceKey.initial, report),
  }
  return { asked, options: options as Options<V> }
}

/** The API's way: the first thing that is wrong is a Problem `ask` with its key and the position inside the value. Page keys are unknown here. */
export function readStrict<V extends ViewName>(view: V, params: URLSearchParams): Link<V> {
  return read(view, params, true, (problem) => {
    throw problem
  })
}

/** The page's way: what is wrong counts as not written and is told. A filter that does not parse is kept apart, so that nothing wider is asked. */
export function readLenient<V extends ViewName>(view: V, params: URLSearchParams): Lenient<V> {
  const problems: Problem[] = []
  const value = read(view, params, false, (problem) => problems.push(problem))
  return {
    value,
    ignored: problems.filter(({ key }) => key !== 'q').map(({ key = '', message }) => ({ key, message })),
    problem: problems.find(({ key }) => key === 'q') ?? null,
  }
}

function writeRange(params: URLSearchParams, range: AskedRange): void {
  if (range.kind === 'last') params.set('last', writeDuration(range.ms))
  if (range.kind !== 'fixed') return
  params.set('from', writeInstant(range.from))
  if (range.to !== null) params.set('to', writeInstant(range.to))
}

/** The link of a view, keys in a fixed order, defaults left out. Reading it again gives the same value. */
export function write<V extends ViewName>(view: V, { asked, options }: { asked: Asked; options: Partial<Options<V>> }): URLSearchParams {
  const params = new URLSearchParams()
  writeRange(params, asked.range)
  if (asked.q !== '') params.set('q', asked.q)
  for (const log of asked.logs) params.append('log', log)
  if (asked.asof !== null) params.set('asof', writeInstant(asked.asof))
  if (asked.once) params.set('once', onceKey.write(asked.once))
  const values: Readonly<Record<string, unknown>> = options
  for (const [key, codec] of keysOf(view, false)) {
    const value = values[key]
    if (value === undefined) continue
    const text = codec.write(value)
    if (text !== codec.write(codec.initial)) params.set(key, text)
  }
  return params
}
