import type { Known } from '@/lib/context/known'
import { type KnownValue, untilWanted } from '@/lib/context/wanted'
import type { ContextName } from '@/lib/flow/field/context'
import type { KnownTest, KnownTests } from './tests'

/** Tells whether tests hold at an instant, if each fact holds until the instant at its place in `until`. Adds the tests to `each`, in that order. */
function heldBy(tests: KnownTests, each: KnownTest[], until: readonly number[]): (at: number) => boolean {
  if (tests.op === 'known') {
    const place = each.push(tests) - 1
    return (at) => until[place]! > at !== tests.not
  }
  const parts = tests.of.map((one) => heldBy(one, each, until))
  return tests.op === 'and' ? (at) => parts.every((part) => part(at)) : (at) => parts.some((part) => part(at))
}

/** From `since` until before `until`; epoch milliseconds, where 0 and infinity stand for no limit. */
export interface Period {
  since: number
  until: number
}

/** Returns the periods in which tests hold that change at these instants only. */
function periodsOf(holds: (at: number) => boolean, instants: readonly number[]): Period[] {
  const periods: Period[] = []
  const changes = [...new Set(instants)].filter((at) => at > 0 && at < Number.POSITIVE_INFINITY).sort((a, b) => a - b)
  let since = 0
  for (const until of [...changes, Number.POSITIVE_INFINITY]) {
    const before = periods.at(-1)
    if (holds(since)) {
      if (before !== undefined && before.until === since) before.until = until
      else periods.push({ since, until })
    }
    since = until
  }
  return periods
}

export interface When {
  each: readonly KnownTest[]
  /** When the tests hold for an address of which nothing is known. */
  unknown: readonly Period[]
  /** When they hold for an address at a place. Addresses of which the same is told are tested once. */
  at: (address: bigint, place: number) => readonly Period[]
}

/** Evaluates tests of context. */
export function whenHeld(tests: KnownTests, known: Known): When {
  const each: KnownTest[] = []
  const until: number[] = []
  const holds = heldBy(tests, each, until)
  const untils = each.map(({ name, wanted }) => ({ name, of: untilWanted(name, wanted) }))
  const names = [...new Set(each.map(({ name }) => name))]
  const found = new Map<string, readonly Period[]>()
  const when = (told: (name: ContextName) => readonly KnownValue[]) => {
    for (const [i, { name, of }] of untils.entries()) until[i] = of(told(name))
    return periodsOf(holds, until)
  }
  const at = (address: bigint, place: number) => {
    const told = new Map(names.map((name) => [name, known.told(name, address, place)]))
    const key = JSON.stringify([...told.values()])
    const periods = found.get(key) ?? when((name) => told.get(name)!)
    found.set(key, periods)
    return periods
  }
  return { each, unknown: when(() => []), at }
}
