import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type SqlList, sql } from '@/lib/store/sql'
import type { Store } from '@/lib/store/store'
import { openDuckdb } from '../duckdb'
import { statementOf } from './statement'

let dir: string
let store: Store
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'flowlens-statement-'))
  store = await openDuckdb(dir)
})
afterAll(async () => {
  await store.close()
  rmSync(dir, { recursive: true, force: true })
})

const LAST = (1n << 128n) - 1n
const NUMBERS = [0, 1, -5, 2 ** 53 - 1, 7, 8, 9]

it.each<[string, string | number | bigint, SqlList, boolean]>([
  ['no numbers', 1, [], false],
  ['few numbers', 7, [7], true],
  ['many numbers', 2 ** 53 - 1, NUMBERS, true],
  ['none of many numbers', 6, NUMBERS, false],
  ['addresses', LAST, [0n, 1n, 2n, 3n, 4n, LAST], true],
  ['names in lower case', 'ä,\n"\u0001', ['a', 'b', 'c', 'd', 'e', 'Ä,\n"\u0001'], true],
  ['an empty name', '', ['a', 'b', 'c', 'd', 'e', ''], true],
  ['only empty names', '', ['', '', '', '', '', ''], true],
  ['names with what parts them', 'a\0b', ['a', 'b', 'c', 'd', 'e', 'A\0B'], true],
  ['parts of such names', 'a', ['a\0b', 'b', 'c', 'd', 'e', 'f'], false],
])('looks a value up in a list: %s', async (_, value, list, found) => {
  const typed = typeof value === 'bigint' ? sql`cast(${value} as uhugeint)` : sql`${value}`
  expect(await store.query(sql`select ${typed} in ${list} as found`)).toEqual([{ found }])
})

it('binds a long list as one value', () => {
  const { text, values } = statementOf(sql`select 1 in ${Array.from({ length: 5000 }, (_, i) => i)}`)
  expect(values.map((value) => typeof value)).toEqual(['string'])
  expect(text.length).toBeLessThan(200)
})
