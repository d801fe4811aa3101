import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { BlobPiece } from '@/lib/flow/reading/piece'
import { stateOf } from '../test/rows'
import { type Base, type Chain, extend, fresh, NAMED_WITHIN, placeOf, REMOVED_AFTER, rankOf } from './chain'

const BLOB = 1

/** A blob that grows, the table of chains, rows as byte ranges by mark, and the server's clock. */
class Shared {
  length = 100
  time = 10 * REMOVED_AFTER
  nextMark = 1n
  readonly rows = new Map<bigint, { from: number; to: number; loaded: number }>()
  winner: { chain: Chain; rank: bigint; stored: number } | null = null

  /** False if it is refused because it comes too late. */
  store({ chain, sure }: Base, tie: number): boolean {
    if (this.time > sure + NAMED_WITHIN) return false
    const rank = rankOf(chain, tie)
    if (this.winner === null || rank > this.winner.rank) this.winner = { chain, rank, stored: this.time }
    return true
  }

  /** Removes rows that have not counted for REMOVED_AFTER, as far as the table tells: chains that lost may have been merged away. */
  remove(): number {
    const before = this.time - REMOVED_AFTER
    if (this.winner !== null && this.winner.stored >= before) return 0
    const lost = [...this.rows].filter(([mark, { loaded }]) => loaded < before && !this.winner?.chain.marks.includes(mark))
    for (const [mark] of lost) this.rows.delete(mark)
    return lost.length
  }
}

/** One instance. It remembers the chains that it has looked up or stored, and reads in steps, of which each may be late. */
class Instance {
  known: Chain | undefined
  learned: number
  own: Base | undefined
  session: { from: number; at: number } | null = null
  /** What is left of an append. */
  private rest: (() => void)[] = []

  constructor(private readonly shared: Shared) {
    this.learned = shared.time
  }

  learn(): void {
    this.finish()
    this.look()
  }

  begin(): void {
    this.finish()
    const from = this.known?.state?.resume ?? 0
    this.session = { from, at: from }
  }

  /** Stores rows. They count once `go` has been called twice. */
  read(bytes: number, tie: number): void {
    this.finish()
    if (!this.session) this.begin()
    const session = this.session!
    const from = session.at
    const to = Math.min(this.shared.length, from + bytes)
    if (to === from) return
    const mark = this.shared.nextMark++
    const sure = this.shared.time
    this.shared.rows.set(mark, { from, to, loaded: sure })
    session.at = to
    const piece: BlobPiece = { blob: BLOB, from: session.from, to, sha256: `${session.from}-${to}` }
    this.rest.push(() => {
      if (sure - this.learned > NAMED_WITHIN / 2) this.look()
      const isOwnAlive = this.own !== undefined && this.own.chain !== this.known && sure < this.own.sure + NAMED_WITHIN
      const bases = [...(isOwnAlive ? [this.own!] : []), ...(this.known ? [{ chain: this.known, sure: this.learned }] : [])]
      const state = { ...stateOf(BLOB, to), resume: to, complete: to === this.shared.length }
      const base = extend(bases.length === 0 ? [fresh(null, 0)] : bases, {
        ...{ state, from, piece, rejections: [], marks: [mark], sure, now: 0 },
      })
      if (base) this.rest.push(() => this.store(base, tie))
    })
  }

  readNow(bytes: number, tie: number): void {
    this.read(bytes, tie)
    this.finish()
  }

  go(): void {
    this.rest.shift()?.()
  }

  forget(tie: number): void {
    this.finish()
    this.session = null
    this.own = undefined
    if (!this.known?.state) return
    const base = fresh(this.known, 0)
    this.known = base.chain
    this.shared.store(base, tie)
  }

  private finish(): void {
    while (this.rest.length > 0) this.go()
  }

  private look(): void {
    this.known = this.shared.winner?.chain
    this.learned = this.shared.time
  }

  private store(base: Base, tie: number): void {
    if (this.shared.store(base, tie)) this.own = base
    else this.session = null
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
  it('count every byte once, and no row that counts is removed, for any order of instances and steps, however late', () => {
    let removed = 0
    const step = fc.record({
      who: fc.nat(2),
      what: fc.constantFrom(
        'learn',
        'begin',
        'read',
        'read',
        'read',
        'grow',
        'forget',
        'restart',
        'begin to read',
        'go on',
        'wait',
        'remove',
      ),
      bytes: fc.integer({ min: 1, max: 60 }),
      tie: fc.nat(3),
    })
    fc.assert(
      fc.property(fc.array(step, { minLength: 5, maxLength: 80 }), (steps) => {
        const shared = new Shared()
        const instances = [0, 1, 2].map(() => new Instance(shared))
        for (const { who, what, bytes, tie } of steps) {
          const instance = instances[who]!
          if (what === 'learn') instance.learn()
          else if (what === 'begin') instance.begin()
          else if (what === 'read') instance.readNow(bytes, tie)
          else if (what === 'begin to read') instance.read(bytes, tie)
          else if (what === 'go on') instance.go()
          else if (what === 'wait') shared.time += (bytes * REMOVED_AFTER) / 50
          else if (what === 'remove') removed += shared.remove()
          else if (what === 'grow') shared.length += bytes
          else if (what === 'forget') instance.forget(tie)
          else instances[who] = new Instance(shared)
          expectWhole(shared)
        }
      }),
      { numRuns: 10_000 },
    )
    expect(removed).toBeGreaterThan(0)
  })

  it('never lose rows that have counted, unless the blob is forgotten', () => {
    const shared = new Shared()
    const [ahead, behind] = [new Instance(shared), new Instance(shared)]
    ahead.readNow(80, 0)
    behind.readNow(10, 3)
    behind.readNow(10, 3)
    expect(shared.winner!.chain.state!.resume).toBe(80)
    behind.readNow(75, 3)
    expect(shared.winner!.chain.state!.resume).toBe(95)
  })

  it('do not name rows that have not counted for long, however steadily they go on', () => {
    const shared = new Shared()
    const [ahead, behind] = [new Instance(shared), new Instance(shared)]
    ahead.readNow(80, 0)
    let removed = 0
    for (let i = 0; i < 10; i++) {
      behind.readNow(10, 3)
      expectWhole(shared)
      shared.time += NAMED_WITHIN - 1
      removed += shared.remove()
      expectWhole(shared)
    }
    expect(removed).toBeGreaterThan(0)
  })

  it('are ordered by their rank', () => {
    const chain = { ...fresh(null, 0).chain, epoch: 3, version: 17, state: { ...stateOf(BLOB, 1), resume: 2 ** 48 } }
    expect(placeOf(rankOf(chain, 2 ** 24 - 1))).toEqual({ epoch: 3, version: 17 })
    expect(rankOf({ ...chain, epoch: 4, state: null }, 0)).toBeGreaterThan(rankOf(chain, 9))
    expect(rankOf(chain, 0)).toBeGreaterThan(rankOf({ ...chain, version: 99, state: { ...chain.state, complete: false } }, 0))
  })
})
