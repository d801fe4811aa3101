import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { createColumns } from '@/lib/flow/tuple/columns'
import { Scanner } from '@/lib/parse/scanner'
import { sample, warmUp } from './warm-up'

it('runs the same code as real blobs', () => {
  const columns = createColumns(10_000)
  const scanner = new Scanner({ blob: 0, source: '', scope: null, hour: null, mac: null, offset: 0 }, columns, new Map())
  scanner.push(sample())
  scanner.finish()
  expect(scanner.rejections).toEqual([])
  expect(columns.length).toBe(12 * 24 * 4)
})

it('leaves no files', () => {
  const dir = mkdtempSync(join(tmpdir(), 'flowlens-warm-'))
  try {
    warmUp(join(dir, 'rows.parquet'), join(dir, 'minutes.parquet'), 'packed')
    expect(readdirSync(dir)).toEqual([])
  } finally {
    rmSync(dir, { recursive: true })
  }
})
