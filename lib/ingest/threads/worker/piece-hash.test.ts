import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { createColumns } from '@/lib/flow/tuple/columns'
import { Scanner } from '@/lib/parse/scanner'
import { record } from '../../test/records'
import { PieceHash } from './piece-hash'

const ORIGIN = { blob: 1, source: 's', scope: null, hour: null, mac: null, offset: 0 }
const H = Date.UTC(2024, 7, 12, 16)

/** Deterministic numbers in [0, n). */
function dice(seed: number): (n: number) => number {
  let state = seed
  return (n) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * n)
  }
}

const KINDS: ((roll: (n: number) => number) => string)[] = [
  (roll) => record(H + roll(3000) * 1000, roll(40), roll(9)),
  (roll) => record(H, 3).slice(roll(300)),
  (roll) => record(H, 3).slice(0, -1 - roll(300)),
  (roll) => 'x'.repeat(roll(100_000)),
  (roll) => `{"wrapped":${roll(9)},"records":[${record(H, roll(5))}`,
  (roll) => `"${'y'.repeat(roll(90_000))}"`,
  () => ',',
  () => '\n',
  () => ']}',
]

function made(roll: (n: number) => number): Buffer {
  const parts = Array.from({ length: roll(30) }, () => KINDS[Math.max(0, roll(KINDS.length * 2) - KINDS.length)]!(roll))
  return Buffer.from(`${roll(4) ? '{"records":[' : ''}${parts.join(roll(3) ? ',' : '')}${roll(3) ? ']}' : ''}`)
}

it('hashes exactly the bytes up to the last whole record, for any content and any chunks', () => {
  let counted = 0
  for (let seed = 1; seed <= 400; seed++) {
    const roll = dice(seed)
    const blob = made(roll)
    const whole = roll(2) === 0
    const from = roll(3) ? 0 : roll(blob.length + 1)
    const scanner = new Scanner({ ...ORIGIN, offset: from }, createColumns(16), new Map())
    const hash = new PieceHash(from)
    const expectPiece = () => {
      const to = scanner.state.resume
      const sha256 = createHash('sha256').update(blob.subarray(from, to)).digest('hex')
      expect(hash.piece(), `blob of seed ${seed}`).toEqual(to === from ? null : { from, to, sha256 })
    }
    for (let at = from; at < blob.length; ) {
      const to = Math.min(blob.length, at + 1 + roll(roll(2) ? 60_000 : 500))
      const chunk = Uint8Array.from(blob.subarray(at, to))
      scanner.push(chunk)
      hash.push(chunk, scanner.state.resume, scanner.passed)
      expectPiece()
      at = to
    }
    if (whole) hash.count(scanner.finish().resume)
    expectPiece()
    counted += scanner.state.resume - from
  }
  expect(counted).toBeGreaterThan(1_000_000)
})
