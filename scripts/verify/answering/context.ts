import { strict as assert } from 'node:assert'
import { setImmediate } from 'node:timers/promises'
import { Known } from '@/lib/context/known'
import { readFound } from '@/lib/context/read/read-file'
import type { RangeTable } from '@/lib/context/table/range-table'
import { sampleFiles } from '@/lib/context/test/samples'
import { parseAddress } from '@/lib/flow/address/address'
import { CONTEXT_NAMES } from '@/lib/flow/field/context'
import { mutate } from '@/lib/parse/test/mutate'
import { Random } from '@/lib/parse/test/random'
import { watchLoop } from '../command/watchdog'
import { failure, type Proof, type ProofRun } from '../proof'

const NAME = 'context'
const STRIDE = 500
const ADDRESSES = ['10.20.0.4', '203.0.113.5', '192.0.2.200', '8.8.8.8', '2001:db8:1::1', '::'].map((text) => parseAddress(text)!)

/** Checks that ranges are sorted and disjoint, and that every stack is within its bounds. */
function holdTable({ ipv4, ipv6, labels, stackStarts, stackLabels, stackSizes }: RangeTable): void {
  for (let i = 0; i < ipv4.first.length; i++) {
    assert.ok(ipv4.first[i]! <= ipv4.last[i]!, 'range reversed')
    assert.ok(i === 0 || ipv4.last[i - 1]! < ipv4.first[i]!, 'ranges overlap')
  }
  const wide = (bounds: BigUint64Array, i: number) => (bounds[i * 2]! << 64n) | bounds[i * 2 + 1]!
  for (let i = 0; i < ipv6.stack.length; i++) {
    assert.ok(wide(ipv6.first, i) <= wide(ipv6.last, i), 'range reversed')
    assert.ok(i === 0 || wide(ipv6.last, i - 1) < wide(ipv6.first, i), 'ranges overlap')
  }
  for (const stack of [...ipv4.stack, ...ipv6.stack]) assert.ok(stackStarts[stack]! < stackStarts[stack + 1]!, 'empty stack')
  assert.equal(stackLabels.length, stackSizes.length)
  for (const label of stackLabels) assert.ok(label < labels.length, 'unknown label')
}

/** Reads a file: it must either fail as a whole, with a reason, or give facts and count what was rejected. */
function hold(name: string, bytes: Buffer): 'read' | 'refused' {
  const { sets, failure: failed, sha256 } = readFound(name, bytes)
  assert.match(sha256, /^[0-9a-f]{64}$/)
  assert.equal(failed === null, sets.length > 0, 'neither read nor refused')
  if (failed) assert.ok(failed.reason.length > 0 && failed.reason.length < 400)
  for (const { entries, refused, table } of sets) {
    assert.ok(Number.isSafeInteger(entries) && entries >= 0)
    for (const { count, reason, line } of refused) assert.ok(count > 0 && reason !== '' && (line === null || line > 0))
    if (table) holdTable(table)
  }
  const known = Known.of(sets, sha256)
  for (const one of [known, known.for(new Set(['000D3A5E7710']))])
    for (const address of ADDRESSES)
      for (const fact of CONTEXT_NAMES) {
        const told = one.told(fact, address, one.whose?.placeOf('000D3A5E7710', true) ?? 0)
        assert.ok(told.every(({ text }) => text !== ''))
      }
  return failed === null ? 'read' : 'refused'
}

async function run({ count, seed, signal }: ProofRun) {
  const samples = sampleFiles()
  const outcomes = { read: 0, refused: 0 }
  const watch = watchLoop(NAME)
  try {
    for (const [name, bytes] of samples) assert.equal(hold(name, bytes), 'read', `${name} as it was made`)
    let done = 0
    for (; done < count && !signal.aborted; done++) {
      const random = new Random(seed + done)
      watch.at(seed + done)
      // The same share of each kind.
      const [name, bytes] = samples[(seed + done) % samples.length]!
      try {
        outcomes[hold(name, Buffer.from(mutate(bytes, random, random.pick(samples)[1])))]++
      } catch (error) {
        throw failure(NAME, seed + done, `${name}: ${error instanceof Error ? error.stack : error}`)
      }
      if (done % STRIDE === STRIDE - 1) await setImmediate()
    }
    return { done, figures: { 'shapes of files': String(samples.length), read: String(outcomes.read), refused: String(outcomes.refused) } }
  } finally {
    await watch.stop()
  }
}

export const context: Proof = {
  name: NAME,
  promise: 'No context file breaks a start',
  test: 'Context files of every shape, mutated (bytes, tokens, splices): no throw, no hang; each is refused with a reason, or read into ordered, disjoint ranges with what was refused counted.',
  unit: 'mutations',
  seed: 1,
  ordinary: 20_000,
  perTest: 5000,
  full: 1_000_000,
  run,
}
