import { expect, it } from 'vitest'
import type { FlowGroup } from '@/lib/flow/tuple/tuple'
import { KnownGroups } from './known-groups'

function group(id: number, rule = `rule ${id}`): FlowGroup {
  return { id, source: 's', log: 'l', logName: 'l', mac: '', format: 'nsg-v2', acl: 'a', rule, enc: null, proto: null, state: null }
}

it('returns each group once', () => {
  const groups = new KnownGroups()
  for (const id of [1, 2, 1]) groups.set(id, group(id))
  expect(groups.take().map(({ id }) => id)).toEqual([1, 2])
  for (const id of [2, 3]) groups.set(id, group(id))
  expect(groups.take().map(({ id }) => id)).toEqual([3])
  expect(groups.take()).toEqual([])
})

it('returns the groups of a thousand network interfaces once, hour after hour', () => {
  const groups = new KnownGroups()
  const acl = 'x'.repeat(150)
  const given: number[] = []
  for (let hour = 0; hour < 3; hour++)
    for (let id = 0; id < 26_000; id++) {
      groups.set(id, { ...group(id), acl })
      if (id % 5000 === 4999) given.push(...groups.take().map((one) => one.id))
    }
  given.push(...groups.take().map((one) => one.id))
  expect(given).toEqual(Array.from({ length: 26_000 }, (_, id) => id))
})

it('counts the names of new groups, and that of a log once', () => {
  const groups = new KnownGroups()
  groups.set(1, group(1))
  const usual = groups.freshBytes
  groups.set(2, group(2, 'x'.repeat(4096)))
  expect(groups.freshBytes - usual).toBeGreaterThan(4096)
  const before = groups.freshBytes
  for (const id of [3, 4]) groups.set(id, { ...group(id), log: 'y'.repeat(4096) })
  expect(groups.freshBytes - before).toBeGreaterThan(4096)
  expect(groups.freshBytes - before).toBeLessThan(3 * 4096)
  groups.take()
  expect(groups.freshBytes).toBe(0)
})

it('remembers few groups of long names', () => {
  const groups = new KnownGroups()
  for (let id = 0; id < 20_000; id++) {
    groups.set(id, group(id, String(id).padEnd(4096, 'x')))
    if (id % 1000 === 999) groups.take()
  }
  expect(groups.size).toBeLessThan(10_000)
})
