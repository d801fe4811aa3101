import { describe, expect, it } from 'vitest'
import type { Blob, BlobState } from '@/lib/flow/reading/blob'
import { HOUR, MINUTE } from '@/lib/flow/time/bucket'
import { FLUSH_LAG } from '@/lib/flow/view/view'
import { bytesHere, bytesOf, estimateHead, HEAD_STEP, headBlocks, type Need, needsOf } from './plan'

const H = Date.UTC(2024, 7, 12, 16)
const MB = 1_000_000

function blobAt(hour: number | null, length: number): Blob {
  const place = { source: 's', container: '', name: `${hour}`, scope: null, mac: null }
  return { ...place, id: hour ?? 0, etag: '"1"', length, modified: (hour ?? H) + HOUR + MINUTE, hour }
}

function stateOf(blob: Blob, change: Partial<BlobState>): BlobState {
  const nothing = { log: null, resume: 0, complete: false, through: null, first: null, last: null, tuples: 0, records: 0, mark: null }
  return { ...blob, ...nothing, ...change }
}

const head = (length: number): Need => ({ blob: blobAt(H, length), until: H + FLUSH_LAG })
const whole = (length: number): Need => ({ blob: blobAt(H, length), until: null })

it('needs only the head of the hour after the range; the newest hour comes first', () => {
  const blobs = [blobAt(H - HOUR, 10), blobAt(H, 10), blobAt(H - 2 * HOUR, 10), blobAt(null, 10)]
  expect(needsOf(blobs, H - HOUR, H).map(({ blob, until }) => [blob.hour, until])).toEqual([
    [null, null],
    [H, H + FLUSH_LAG],
    [H - HOUR, null],
  ])
  expect(needsOf(blobs, H - HOUR, H - 5 * MINUTE)[1]).toMatchObject({ blob: { hour: H }, until: H + 5 * MINUTE })
})

describe('a head', () => {
  it('is the opening block, one block per minute, and a later one as proof of completeness', () => {
    expect(headBlocks(H + FLUSH_LAG, H)).toBe(13)
    expect(headBlocks(H + 5 * MINUTE, H)).toBe(8)
  })

  it("is estimated by its share of the hour's data so far", () => {
    const { hour } = blobAt(H, 0)
    expect(estimateHead({ hour, modified: H + HOUR + MINUTE }, H + FLUSH_LAG, 60 * MB)).toBe(18 * MB)
    expect(estimateHead({ hour, modified: H + 30 * MINUTE }, H + FLUSH_LAG, 60 * MB)).toBe(36 * MB)
    expect(estimateHead({ hour, modified: H + 10 * MINUTE }, H + FLUSH_LAG, 60 * MB)).toBe(60 * MB)
  })

  it('is as long as its blocks once they are known', () => {
    expect(bytesOf(head(60 * MB), undefined, false, 11 * MB)).toBe(11 * MB)
    expect(bytesOf(head(60 * MB), undefined, false, null)).toBe(18 * MB)
    expect(bytesOf(head(5), undefined, false, 9)).toBe(5)
  })

  it('is the part that was read, once it is stored', () => {
    const need = head(60 * MB)
    expect(bytesOf(need, stateOf(need.blob, { resume: 12 * MB, through: H + 20 * MINUTE }), true, null)).toBe(12 * MB)
  })

  it('continues in steps if the planned part was too short', () => {
    const need = head(60 * MB)
    const state = stateOf(need.blob, { resume: 20 * MB, through: H + 5 * MINUTE })
    expect(bytesOf(need, state, false, 11 * MB)).toBe(20 * MB + HEAD_STEP)
    expect(bytesHere(need, state)).toBe(20 * MB)
  })
})

describe('a blob that grew', () => {
  const need = whole(60 * MB)
  it('lacks only the appended bytes if its block list can prove that', () => {
    expect(bytesOf(need, undefined, false, null)).toBe(60 * MB)
    expect(bytesHere(need, stateOf(need.blob, { etag: '"0"', resume: 50 * MB, mark: 'blocks:3:x' }))).toBe(50 * MB)
    expect(bytesHere(need, stateOf(need.blob, { etag: '"0"', resume: 50 * MB }))).toBe(0)
    expect(bytesHere(need, stateOf(need.blob, { etag: '"0"', resume: 70 * MB, mark: 'blocks:3:x' }))).toBe(0)
  })
})
