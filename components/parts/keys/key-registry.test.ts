import { beforeEach, describe, expect, it, vi } from 'vitest'
import { keyCaps } from './key'
import { type ActiveKey, KeyRegistry } from './key-registry'

const entry = (keys: string, act: (() => void) | null = vi.fn()): ActiveKey => ({ keys, does: `does ${keys}`, group: 'Go', act })

let registry: KeyRegistry
beforeEach(() => {
  registry = new KeyRegistry()
})

describe('press', () => {
  it('finds the action of a key, and none for other keys', () => {
    const slash = entry('/')
    registry.add([slash])
    expect(registry.press('/', 0)).toBe(slash.act)
    expect(registry.press('?', 1)).toBeNull()
  })

  it('joins two keys if the second follows soon', () => {
    const [overview, j] = [entry('g o'), entry('j')]
    registry.add([overview, j])
    expect(registry.press('g', 0)).toBeNull()
    expect(registry.press('o', 1000)).toBe(overview.act)
    expect(registry.press('o', 1100)).toBeNull()
    expect(registry.press('g', 2000)).toBeNull()
    expect(registry.press('o', 3300)).toBeNull()
    expect(registry.press('g', 4000)).toBeNull()
    expect(registry.press('j', 4100)).toBeNull()
    expect(registry.press('j', 4200)).toBe(j.act)
  })

  it('distinguishes shifted letters', () => {
    const [keep, drop] = [entry('f'), entry('F')]
    registry.add([keep, drop])
    expect(registry.press('F', 0)).toBe(drop.act)
    expect(registry.press('f', 1)).toBe(keep.act)
  })

  it('runs the action added last, until it is removed', () => {
    const [outer, inner] = [entry('Escape'), entry('Escape')]
    registry.add([outer])
    const takeBack = registry.add([inner])
    expect(registry.press('Escape', 0)).toBe(inner.act)
    takeBack()
    expect(registry.press('Escape', 1)).toBe(outer.act)
  })

  it('never acts on keys that are only listed', () => {
    registry.add([entry('Enter', null), entry('x y', null)])
    expect(registry.press('Enter', 0)).toBeNull()
    expect(registry.press('x', 1)).toBeNull()
    expect(registry.list().map(({ keys }) => keys)).toEqual(['Enter', 'x y'])
  })
})

it('notifies watchers, and keeps its list until something changes', () => {
  const watcher = vi.fn()
  const stop = registry.watch(watcher)
  const before = registry.list()
  expect(registry.list()).toBe(before)
  const takeBack = registry.add([entry('/')])
  expect(registry.list()).not.toBe(before)
  takeBack()
  expect(watcher).toHaveBeenCalledTimes(2)
  stop()
  registry.add([entry('/')])
  expect(watcher).toHaveBeenCalledTimes(2)
})

it.each([
  ['/', ['/']],
  ['F', ['⇧', 'f']],
  ['g o', ['g', 'o']],
  ['Escape', ['Esc']],
  ['Shift ArrowLeft', ['⇧', '←']],
  ['Delete', ['Delete']],
])('writes %s as it stands on the caps', (keys, caps) => expect(keyCaps(keys)).toEqual(caps))
