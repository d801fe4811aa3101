import { expect, it } from 'vitest'
import { Kept } from './kept'
import { settled } from './settled'
import { Pending, SharedRows, Sql, sql } from './sql'

it('resolves a part that occurs several times once, so that its list is bound once', async () => {
  let asked = 0
  const part = new Pending(async (query) => {
    asked++
    const rows = await query<{ id: number }>(sql`select id`)
    return sql`grp in ${rows.map(({ id }) => id)}`
  })
  let queries = 0
  const query = async <Row>() => {
    queries++
    return [{ id: 1 }, { id: 2 }] as Row[]
  }
  const inner = new SharedRows(sql`select blob from tuples where ${part}`)
  const whole = await settled(sql`select * from tuples where ${part} and not (blob in ${inner} or ${part})`, query, new Kept())
  expect([asked, queries]).toEqual([1, 1])
  const lists: unknown[] = []
  const text = (of: Sql): string =>
    of.text((value) => {
      if (value instanceof SharedRows) return text(value.rows)
      return `list ${lists.push(value)}`
    })
  expect(text(whole)).toBe(
    'select * from tuples where grp in list 1 and not (blob in select blob from tuples where grp in list 2 or grp in list 3)',
  )
  expect(new Set(lists).size).toBe(1)
})

it('resolves a part anew for another statement', async () => {
  let asked = 0
  const part = new Pending(async () => sql`grp = ${++asked}`)
  const statements = [sql`select ${part}`, sql`select 1 where ${part}`]
  for (const one of statements) expect(await settled(one, async () => [], new Kept())).toBeInstanceOf(Sql)
  expect(asked).toBe(2)
})
