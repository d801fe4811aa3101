import { strict as assert } from 'node:assert'
import { parse } from 'csv-parse/sync'
import type { ErrorAnswer } from '@/lib/flow/answer/error'
import type { RulesAnswer } from '@/lib/flow/answer/traffic/rules'
import type { TalkersAnswer } from '@/lib/flow/answer/traffic/talkers'
import type { ValuesAnswer } from '@/lib/flow/answer/traffic/values'
import type { TuplesAnswer } from '@/lib/flow/answer/tuples/tuples'
import { quoted } from '@/lib/query/test/random'
import type { Kind, NameLog } from './name-log'

const RANGE = { from: '2024-08-12T15:00:00Z', to: '2024-08-12T17:00:00Z' }
/** Maximum number of rules before the answer is refused. */
const MOST_RULES = 10_000
const MOST_ROWS = 1000
const PATIENCE = 240_000
/** Beginnings that a spreadsheet runs as a formula. */
const FORMULA = /^[=+\-@\t\r\n\0＝＋－＠]/
/** Kinds of names that make different rules: a rule also has its ACL, which in an NSG's flow log is the id of the NSG. */
const APART_AS_RULES: readonly Kind[] = ['rule', 'acl', 'log']

async function ask(url: string, route: string, keys: Record<string, string>): Promise<{ status: number; text: string }> {
  const response = await fetch(`${url}/api/${route}?${new URLSearchParams({ ...RANGE, ...keys })}`, {
    signal: AbortSignal.timeout(PATIENCE),
  })
  return { status: response.status, text: await response.text() }
}

async function answer<Answer>(url: string, route: string, keys: Record<string, string>): Promise<Answer> {
  const { status, text } = await ask(url, route, keys)
  assert.equal(status, 200, `${route}: ${text.slice(0, 500)}`)
  return JSON.parse(text) as Answer
}

/** Returns the numbers of distinct names and of tuples, from two queries. */
export async function countNames(url: string, { kind }: NameLog, q: string): Promise<{ names: number; tuples: number }> {
  const values = await answer<ValuesAnswer>(url, 'values', { q, field: kind, limit: String(MOST_ROWS) })
  const { total, rows, other } = await answer<TalkersAnswer>(url, 'talkers', { q, by: kind, limit: String(MOST_ROWS) })
  assert.equal(values.total, total, 'values and talkers count different names')
  return { names: total, tuples: other.tuples + rows.reduce((sum, { tuples }) => sum + tuples, 0) }
}

/** True if all rules are listed, false if they are refused because there are too many. */
async function checkRules(url: string, { kind, names }: NameLog, q: string): Promise<boolean> {
  const expected = APART_AS_RULES.includes(kind) ? names.length : 1
  const { status, text } = await ask(url, 'rules', { q })
  if (expected <= MOST_RULES) {
    assert.equal(status, 200, text.slice(0, 500))
    assert.equal((JSON.parse(text) as RulesAnswer).rows.length, expected)
    return true
  }
  assert.deepEqual([status, (JSON.parse(text) as ErrorAnswer).error.kind], [429, 'limit'])
  return false
}

async function checkExport(url: string, { kind, names }: NameLog, q: string): Promise<void> {
  const { status, text } = await ask(url, 'export', { q, format: 'csv' })
  assert.equal(status, 200, text.slice(0, 500))
  const rows = parse(text, { columns: true }) as Record<string, string>[]
  for (const row of rows) for (const cell of Object.values(row)) assert.doesNotMatch(cell, FORMULA)
  assert.equal(rows.length, names.length)
  if (kind === 'log') return
  const written = names.map((name) => (FORMULA.test(name) ? `'${name}` : name)).sort()
  assert.deepEqual(rows.map((row) => row[kind]!).sort(), written)
  const lines = await ask(url, 'export', { q, format: 'ndjson', cols: kind })
  const told = lines.text.split('\n').filter((line) => line !== '')
  assert.deepEqual(told.map((line) => (JSON.parse(line) as Record<Kind, string>)[kind]).sort(), [...names].sort())
}

/** Checks that a filter finds exactly the rows of a name, whatever it contains; links refuse only NUL. */
async function checkFilter(url: string, { kind, names }: NameLog, q: string, name: string): Promise<void> {
  if (kind !== 'rule' && kind !== 'acl' && kind !== 'enc') return
  const own = { q: `${q} ${kind}:${quoted(name)}`, limit: '1000' }
  if (name.includes('\0')) {
    assert.equal((await ask(url, 'tuples', own)).status, 400)
    return
  }
  const { total, rows } = await answer<TuplesAnswer>(url, 'tuples', own)
  assert.ok(
    rows.some((row) => row[kind] === name) || total > rows.length,
    `${kind} ${JSON.stringify(name)} is not found among ${names.length}`,
  )
}

/** Compares every answer about a file's names with the written names. True if all of them were answered, false if one was refused. */
export async function checkNames(url: string, log: NameLog, q: string): Promise<boolean> {
  const count = log.names.length
  assert.deepEqual(await countNames(url, log, q), { names: count, tuples: count })
  const listed = await checkRules(url, log, q)
  await checkExport(url, log, q)
  for (const name of [log.names[0]!, log.names.at(-1)!]) await checkFilter(url, log, q, name)
  return listed
}
