import type { Known } from '@/lib/context/known'
import { type KnownValue, untilWanted } from '@/lib/context/wanted'
import type { ContextName } from '@/lib/flow/field/context'
import type { KnownTest, KnownTests } from './tests'

/** Maximum number of results that are remembered: there may be a million addresses, each with something else known of it. */
const REMEMBERED = 50_000

/** What is known of an address. */
type Told = (name: ContextName) => readonly KnownValue[]

/** Returns the tests as a function of what is known. Adds the fields that they test to `names`. */
function readBy(tests: KnownTests, names: Set<ContextName>): (told: Told) => boolean {
  if (tests.op === 'known') {
    const { name, wanted, not } = tests
    const until = untilWanted(name, wanted)
    names.add(name)
    return (told) => until(told(name)) > 0 !== not
  }
  const parts = tests.of.map((one) => readBy(one, names))
  return tests.op === 'and' ? (told) => parts.every((part) => part(told)) : (told) => parts.some((part) => part(told))
}

export interface Held {
  names: ReadonlySet<ContextName>
  /** Whether the tests hold for an address of which nothing is known. */
  unknown: boolean
  /** Whether they hold for an address at a place. Addresses of which the same is known are tested once. */
  at: (address: bigint, place: number) => boolean
}

/** Evaluates tests that hold at all times. */
export function heldBy(tests: KnownTests, known: Known): Held {
  const names = new Set<ContextName>()
  const holds = readBy(tests, names)
  const found = new Map<string, boolean>()
  const at = (address: bigint, place: number) => {
    const told = new Map([...names].map((name) => [name, known.told(name, address, place)]))
    const key = JSON.stringify([...told.values()])
    const isHeld = found.get(key) ?? holds((name) => told.get(name)!)
    if (found.size < REMEMBERED) found.set(key, isHeld)
    return isHeld
  }
  return { names, unknown: holds(() => []), at }
}

/** Returns a function that tells the instant until which the fact of a test is known of an address, before its negation: infinite for always, 0 for never. */
export function endOf({ name, wanted }: KnownTest, known: Known): (address: bigint) => number {
  const until = untilWanted(name, wanted)
  return (address) => until(known.told(name, address, 0))
}
