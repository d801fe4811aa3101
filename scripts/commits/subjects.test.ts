import { describe, expect, it } from 'vitest'
import { faultOf, type Git, newSubjects } from './subjects'

describe('a commit subject', () => {
  it.each([
    'lib/http: refuse what is more than can be in hand',
    'lib, components: give every folder rooms that one can overview',
    'ARCHITECTURE: tell who shares the memory',
    'package.json: pin',
    `e2e: ${'x'.repeat(67)}`,
  ])('may read %j', (subject) => expect(faultOf(subject)).toBeNull())

  it.each([
    [`e2e: ${'x'.repeat(68)}`, 'has 73 characters'],
    ['Serve the standalone output', 'folder: what changed'],
    ['lib/http:refuse', 'folder: what changed'],
    ['lib/http: ', 'folder: what changed'],
    ['fixup! lib/http: refuse', 'folder: what changed'],
    ['lib http: refuse', 'folder: what changed'],
  ])('may not read %j', (subject, why) => expect(faultOf(subject)).toContain(why))
})

/** A linear repository, `#0` the oldest commit. */
function repository({ head, main, remote, checked }: { head: number; main?: number; remote?: number; checked?: number }): Git {
  const at: Readonly<Record<string, number | undefined>> = { HEAD: head, main, 'origin/main': remote }
  return async (command, ...args) => {
    if (command === 'rev-parse') return `#${head}\n`
    if (command === 'merge-base') {
      const other = at[args[1]!]
      return other === undefined ? null : `#${Math.min(head, other)}\n`
    }
    if (args.includes('scripts/commits.ts')) return checked === undefined ? '' : `#${checked}\n`
    const range = args.find((arg) => arg.includes('..'))
    const most = args.find((arg) => arg.startsWith('--max-count='))
    const after = Number(range?.slice(1).split('..')[0] ?? 0)
    const numbers = Array.from({ length: head }, (_, i) => i + 1).filter((number) => number > after)
    return numbers
      .reverse()
      .slice(0, Number(most?.split('=')[1] ?? head))
      .map((number) => `e2e: ${number}\n`)
      .join('')
  }
}

describe('subjects that are new', () => {
  it('follow origin/main, else main', async () => {
    expect(await newSubjects(repository({ head: 5, main: 4, remote: 3 }), false)).toEqual(['e2e: 5', 'e2e: 4'])
    expect(await newSubjects(repository({ head: 5, main: 3 }), false)).toEqual(['e2e: 5', 'e2e: 4'])
  })

  it('do not exist on a pushed main', async () => {
    expect(await newSubjects(repository({ head: 5, main: 5, remote: 5 }), true)).toEqual([])
  })

  it('are the last 50 in CI if no base is known', async () => {
    expect(await newSubjects(repository({ head: 80 }), true)).toHaveLength(50)
    expect(await newSubjects(repository({ head: 80, main: 80 }), true)).toHaveLength(50)
    expect(await newSubjects(repository({ head: 80 }), false)).toEqual([])
  })

  it('begin in CI with the first checked commit', async () => {
    expect(await newSubjects(repository({ head: 80, checked: 77 }), true)).toEqual(['e2e: 80', 'e2e: 79', 'e2e: 78'])
    expect(await newSubjects(repository({ head: 80, checked: 2 }), true)).toHaveLength(50)
  })

  it('do not exist without git or a repository', async () => {
    for (const ci of [true, false]) expect(await newSubjects(async () => null, ci)).toEqual([])
  })
})
