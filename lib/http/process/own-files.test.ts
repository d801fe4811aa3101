import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openDuckdb } from '@/lib/store/duckdb/duckdb'
import { sql } from '@/lib/store/sql'
import { ownFiles } from './own-files'

it("makes the engine's files inaccessible to others", async () => {
  const before = process.umask()
  const dir = mkdtempSync(join(tmpdir(), 'flowlens-own-'))
  try {
    ownFiles()
    const store = await openDuckdb(dir)
    await store.query(sql`select count(*) as n from tuples`)
    const files = readdirSync(dir, { recursive: true, encoding: 'utf8' })
    expect(files).toContain('tuples.duckdb')
    expect(files.filter((file) => (statSync(join(dir, file)).mode & 0o077) !== 0)).toEqual([])
    await store.close()
  } finally {
    process.umask(before)
    rmSync(dir, { recursive: true, force: true })
  }
})
