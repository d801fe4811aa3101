import { expect, it } from 'vitest'
import { AnswerMemo } from './memo'

function counting(answer: () => string) {
  let asked = 0
  const ask = async () => {
    asked++
    return answer()
  }
  return { ask, asked: () => asked }
}

it('answers the same query from memory until the store changes', async () => {
  const memo = new AnswerMemo()
  const { ask, asked } = counting(() => 'a')
  expect([await memo.get('q', 1, ask), await memo.get('q', 1, ask), await memo.get('r', 1, ask)]).toEqual(['a', 'a', 'a'])
  expect(asked()).toBe(2)
  await memo.get('q', 2, ask)
  expect(asked()).toBe(3)
})

it('keeps no failure', async () => {
  const memo = new AnswerMemo()
  await expect(memo.get('q', 1, () => Promise.reject(new Error('cancelled')))).rejects.toThrow('cancelled')
  expect(await memo.get('q', 1, async () => 'a')).toBe('a')
})

it('keeps no answer if the store changed in the meantime', async () => {
  const memo = new AnswerMemo()
  let finish!: (part: string) => void
  const slow = memo.get('q', 1, () => new Promise<string>((resolve) => (finish = resolve)))
  await memo.get('other', 2, async () => 'b')
  finish('old')
  expect(await slow).toBe('old')
  expect(await memo.get('q', 2, async () => 'new')).toBe('new')
})

it('is bounded', async () => {
  const memo = new AnswerMemo()
  const { ask, asked } = counting(() => 'a')
  for (let i = 0; i < 1000; i++) await memo.get(`q${i}`, 1, ask)
  await memo.get('q999', 1, ask)
  expect(asked()).toBe(1000)
  await memo.get('q0', 1, ask)
  expect(asked()).toBe(1001)
})

it('is bounded in size, whatever the number', async () => {
  const memo = new AnswerMemo(10_000)
  const { ask, asked } = counting(() => 'a'.repeat(3000))
  for (const q of ['q0', 'q1', 'q2', 'q3', 'q3', 'q2', 'q1']) await memo.get(q, 1, ask)
  expect(asked()).toBe(4)
  await memo.get('q0', 1, ask)
  expect(asked()).toBe(5)
  const large = counting(() => 'a'.repeat(20_000))
  await memo.get('large', 1, large.ask)
  await memo.get('large', 1, large.ask)
  expect(large.asked()).toBe(2)
  await memo.get('q0', 1, ask)
  expect(asked()).toBe(5)
  await memo.get('q0', 2, ask)
  for (const q of ['q1', 'q2', 'q0']) await memo.get(q, 2, ask)
  expect(asked()).toBe(8)
})
