import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { BlobPiece } from '@/lib/flow/reading/piece'
import { stateOf } from '../test/rows'
import { type Chain, extend, fresh, placeOf, rankOf } from './chain'

const BLOB = 1

/** A blob that grows, the table of chains, and rows as byte ranges by mark. */
class Shared {
  length = 100
  nextMark = 1n
  readonly rows = new Map<bigint, { from: number; to: number; epoch: number }>()
  winner: { chain: Chain; rank: bigint } | null = null

  store(chain: Chain, tie: number): void {
    const rank = rankOf(chain, tie)
    if (this.winner === null || rank > this.winner.rank) this.winner = { chain, rank }
  }
}

/** One instance. It remembers the chains that it has looked up or stored, and reads in steps. */
class Instance {
  known: Chain | undefined
  own: Chain | undefined
  session: { from: number; at: number } | null = null

  constructor(private readonly shared: Shared) {}

  learn(): void {
    this.known = this.shared.winner?.chain
  }

  begin(): void {
    const from = this.known?.state?.resume ?? 0
    this.session = { from, at: from }
  }

  read(bytes: number, tie: number): void {
    if (!this.session) this.begin()
    const session = this.session!
    const to = Math.min(this.shared.length, session.at + bytes)
    if (to === session.at) return
    const mark = this.shared.nextMark++
    const piece: BlobPiece = { blob: BLOB, from: session.from, to, sha256: `${session.from}-${to}` }
    const bases = [this.own, this.known].filter((chain) => chain !== undefined)
    const state = { ...stateOf(BLOB, to), resume: to, complete: to === this.shared.length }
    const chain = extend(bases.length === 0 ? [fresh(undefined, 0)] : bases, {
      state,
      from: session.at,
      piece,
      rejections: [],
      marks: [mark],
      now: 0,
    })
    this.shared.rows.set(mark, { from: session.at, to, epoch: chain?.epoch ?? -1 })
    session.at = to
    if (!chain) return
    this.own = chain
    this.shared.store(chain, tie)
  }

  forget(tie: number): void {
    this.session = null
    this.own = undefined
    if (!this.known?.state) return
    this.known = fresh(this.known, 0)
    this.shared.store(this.known, tie)
  }
}

function expectWhole({ winner, rows }: Shared): void {
  if (winner === null) return
  const counted = winner.chain.marks.map((mark) => rows.get(mark)!).sort((a, b) => a.from - b.from)
  let at = 0
  for (const { from, to } of counted) {
    expect(from).toBe(at)
    at = to
  }
  expect(at).toBe(winner.chain.state?.resume ?? 0)
}

describe('chains of one blob', () => {
  it('count every byte once, for any order of instances and steps', () => {
    const step = fc.record({
      who: fc.nat(2),
      what: fc.constantFrom('learn', 'begin', 'read', 'read', 'read', 'grow', 'forget', 'restart'),
      bytes: fc.integer({ min: 1, max: 60 }),
      tie: fc.nat(3),
    })
    fc.assert(
      fc.property(fc.array(step, { minLength: 5, maxLength: 60 }), (steps) => {
        const shared = new Shared()
        const instances = [0, 1, 2].map(() => new Instance(shared))
        for (const { who, what, bytes, tie } of steps) {
          const instance = instances[who]!
          if (what === 'learn') instance.learn()
          else if (what === 'begin') instance.begin()
          else if (what === 'read') instance.read(bytes, tie)
          else if (what === 'grow') shared.length += bytes
          else if (what === 'forget') instance.forget(tie)
          else instances[who] = new Instance(shared)
          expectWhole(shared)
        }
      }),
      { numRuns: 5000 },
    )
  })

  it('never lose rows that have counted, unless the blob is forgotten', () => {
    const shared = new Shared()
    const [ahead, behind] = [new Instance(shared), new Instance(shared)]
    ahead.read(80, 0)
    behind.read(10, 3)
    behind.read(10, 3)
    expect(shared.winner!.chain.state!.resume).toBe(80)
    behind.read(75, 3)
    expect(shared.winner!.chain.state!.resume).toBe(95)
  })

  it('are ordered by their rank', () => {
    const chain = { ...fresh(undefined, 0), epoch: 3, version: 17, state: { ...stateOf(BLOB, 1), resume: 2 ** 48 } }
    expect(placeOf(rankOf(chain, 2 ** 24 - 1))).toEqual({ epoch: 3, version: 17 })
    expect(rankOf({ ...chain, epoch: 4, state: null }, 0)).toBeGreaterThan(rankOf(chain, 9))
    expect(rankOf(chain, 0)).toBeGreaterThan(rankOf({ ...chain, version: 99, state: { ...chain.state, complete: false } }, 0))
  })
})
