import { expect, it } from 'vitest'
import { createColumns } from '@/lib/flow/tuple/columns'
import type { FlowGroup } from '@/lib/flow/tuple/tuple'
import { Scanner } from '@/lib/parse/scanner'
import { Random } from '@/lib/parse/test/random'
import { BlobWriter } from '@/lib/parse/test/random-blob'
import { LOOSE } from '@/lib/parse/test/scan'
import { rowsInWords } from '@/lib/parse/test/words'
import { Vocabulary } from './vocabulary'

/** Returns rows and rejections of several blobs, read one after the other. */
function read(blobs: readonly Buffer[], shared: boolean) {
  const columns = createColumns(0)
  const groups = new Map<number, FlowGroup>()
  const vocabulary = new Vocabulary(LOOSE.source, groups, 'thread')
  const rejections = blobs.map((bytes, blob) => {
    const origin = { ...LOOSE, blob, scope: blob % 3 === 0 ? 'resourceId=/SUBSCRIPTIONS/S' : null }
    const scanner = shared ? new Scanner(origin, columns, groups, 0, vocabulary) : new Scanner(origin, columns, groups)
    scanner.push(bytes)
    return { state: { ...scanner.finish() }, rejected: scanner.rejections, seen: scanner.seen }
  })
  return { rows: rowsInWords(columns, groups), groups, rejections }
}

it('does not change the result, however many blobs share it', () => {
  const blobs = Array.from({ length: 200 }, (_, i) => new BlobWriter(new Random(i), (i % 5) / 10, 3).blob())
  expect(read(blobs, true)).toEqual(read(blobs, false))
})

it('finds logs by their text, and forgets them eventually', () => {
  const vocabulary = new Vocabulary('source', new Map())
  const first = vocabulary.logOf('resourceId=/A')
  expect(vocabulary.logOf('resourceId=/A')).toBe(first)
  for (let i = 0; i < 5000; i++) vocabulary.logOf(`resourceId=/${i}`)
  expect(vocabulary.logOf('resourceId=/A')).toEqual(first)
})
