import { Problem } from '@/lib/flow/problem'
import * as ask from '@/lib/http/ask/questions'
import { raw } from '@/lib/http/ask/raw'
import { exportRows } from '@/lib/http/export/export'
import type { get } from '@/lib/http/test/serve'
import { parseFilter } from '@/lib/link/language/parse'
import type { Dice } from '@/lib/query/test/random'
import type { AskedKeys } from '../routes/asked'
import { anyNumber, anyTime } from './edges'

type Strange = readonly [handler: Parameters<typeof get>[0], key: string, more: AskedKeys]

/** Keys that contain a number. */
const NUMBERS: readonly Strange[] = [
  [ask.timeline, 'buckets', {}],
  [ask.timeline, 'noise', {}],
  [ask.talkers, 'limit', {}],
  [ask.talkers, 'spark', {}],
  [ask.paths, 'limit', {}],
  [ask.values, 'limit', { field: 'dport' }],
  [ask.values, 'prefix', { field: 'bytes' }],
  [ask.values, 'prefix', { field: 'port' }],
  [ask.values, 'prefix', { field: 'proto' }],
  [ask.values, 'prefix', { field: 'mac' }],
  [ask.rules, 'spark', {}],
  [ask.rule, 'limit', { rule: 'UserRule_1', acl: '/acl/a' }],
  [ask.tuples, 'limit', {}],
  [ask.tuples, 'cursor', {}],
  [ask.scans, 'thresholds', {}],
  [ask.scans, 'group', {}],
  [ask.flips, 'limit', {}],
  [ask.flows, 'limit', {}],
  [ask.flows, 'cursor', {}],
  [ask.findings, 'limit', {}],
  [ask.findings, 'baseline', {}],
  [ask.host, 'ip', {}],
  [ask.host, 'limit', { ip: '10.0.0.4' }],
  [exportRows, 'hash', { folder: '1' }],
]
const TIMES = ['from', 'to', 'last', 'asof'] as const

/** Returns a route with a key at an edge, and its other keys. */
export function edgeKeys(dice: Dice, keys: AskedKeys): { handler: Strange[0]; keys: AskedKeys } {
  if (dice.chance(0.3)) {
    const time = anyTime(dice)
    const key = dice.pick(TIMES)
    const { from: _, to: __, ...rest } = keys
    return { handler: dice.pick([ask.timeline, ask.tuples, ask.coverage]), keys: { ...(key === 'last' ? rest : keys), [key]: time } }
  }
  const [handler, key, more] = dice.pick(NUMBERS)
  const number = anyNumber(dice)
  const value = key === 'thresholds' ? [number, anyNumber(dice), '5'].join('/') : number
  return { handler, keys: { ...keys, ...more, [key]: value } }
}

/** Returns a tuple id made of numbers, for a path. */
export function edgeId(dice: Dice): { handler: typeof raw; id: string } {
  const part = () => (dice.chance(0.5) ? anyNumber(dice) : BigInt(dice.below(2 ** 31) ** 2).toString(36))
  return { handler: raw, id: `${part()}-${part()}` }
}

const FIELDS = ['bytes', 'packets', 'port', 'sport', 'dport', 'proto', 'mac'] as const

/** Returns a filter on a number, and whether it must be refused. */
export function edgeFilter(dice: Dice): { q: string; isRefused: boolean } {
  const [field, first, last] = [dice.pick(FIELDS), anyNumber(dice), anyNumber(dice)]
  const q = dice.pick([
    `${field}:${first}`,
    `${field}:${first}..${last}`,
    `${field}>${first}`,
    `${field}<=${first}`,
    `-${field}:${first},${last}`,
    first,
  ])
  try {
    parseFilter(q)
    return { q, isRefused: false }
  } catch (error) {
    if (!(error instanceof Problem && error.kind === 'ask')) throw error
    return { q, isRefused: true }
  }
}
