import type { Random } from './random'

const TOKENS = [
  '{"records":[',
  ']}',
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  '"',
  '\\',
  '\\u0041',
  '\\"',
  '\n',
  '\0',
  '\ufeff',
  '\xff',
  'null',
  '0',
  '-',
  '1e',
  '""',
  '"time":',
  '"category":',
  '"FlowLogFlowEvent"',
  '"NetworkSecurityGroupFlowEvent"',
  '"Version":1',
  '"flowLogVersion":4',
  '"rule":"r"',
  '"flows":[]',
  '"flowTuples":[',
  '"mac":"a1"',
  '"aclID":5',
  '"records":[',
  '2001:db8::1',
  '10.0.0.1',
  '1724090346',
  '1724090346123',
  ',T,I,D',
  ',6,O,E,NX',
  '%',
  '[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[',
] as const

type Change = (bytes: Buffer, random: Random, other: Buffer) => Buffer

function cut(bytes: Buffer, random: Random): [number, number] {
  const from = random.below(bytes.length + 1)
  return [from, Math.min(bytes.length, from + 1 + random.below(random.chance(0.2) ? 200 : 4))]
}

function replace(bytes: Buffer, from: number, to: number, by: Uint8Array): Buffer {
  return Buffer.concat([bytes.subarray(0, from), by, bytes.subarray(to)])
}

const CHANGES: readonly Change[] = [
  function flip(bytes, random) {
    const changed = Buffer.from(bytes)
    if (changed.length > 0) changed[random.below(changed.length)]! ^= 1 << random.below(8)
    return changed
  },
  function remove(bytes, random) {
    return replace(bytes, ...cut(bytes, random), Buffer.alloc(0))
  },
  function insert(bytes, random) {
    const at = random.below(bytes.length + 1)
    return replace(bytes, at, at, Buffer.from(random.pick(TOKENS)))
  },
  function swap(bytes, random) {
    return replace(bytes, ...cut(bytes, random), Buffer.from(random.pick(TOKENS)))
  },
  function repeat(bytes, random) {
    const [from, to] = cut(bytes, random)
    return replace(bytes, to, to, bytes.subarray(from, to))
  },
  function truncate(bytes, random) {
    return bytes.subarray(0, random.below(bytes.length + 1))
  },
  function behead(bytes, random) {
    return bytes.subarray(random.below(bytes.length + 1))
  },
  function splice(bytes, random, other) {
    return Buffer.concat([bytes.subarray(0, random.below(bytes.length + 1)), other.subarray(random.below(other.length + 1))])
  },
  function copy(bytes, random, other) {
    const [from, to] = cut(other, random)
    const at = random.below(bytes.length + 1)
    return replace(bytes, at, at, other.subarray(from, to))
  },
]

/** Makes one or two changes to `bytes`, some with pieces of `other`. */
export function mutate(bytes: Buffer, random: Random, other: Buffer): Buffer {
  let changed = bytes
  for (let i = 1 + random.below(2); i > 0; i--) changed = random.pick(CHANGES)(changed, random, other)
  return changed
}
