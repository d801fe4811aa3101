import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openDuckdb } from '@/lib/store/duckdb/duckdb'
import { stateOf } from '@/lib/store/test/rows'
import { pieces } from './pieces'

it('returns the pieces of the requested blobs, from their first byte on, for any number of blobs', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'flowlens-pieces-'))
  const store = await openDuckdb(dir)
  const piece = (blob: number, from: number, to: number) => ({ blob, from, to, sha256: `${blob}-${to}` })
  await store.append({
    parts: [],
    blobs: [1, 2, 3].map((id) => stateOf(id, 0)),
    forget: [],
    pieces: [piece(1, 900, 1000), piece(3, 0, 7), piece(1, 0, 900), piece(2, 0, 5)],
    groups: [],
    rejections: [],
  })
  const asked = [1, 4, ...Array.from({ length: 20_000 }, (_, i) => i + 5), 2]
  expect(await pieces(store, asked)).toEqual(
    new Map([
      [
        1,
        [
          { from: 0, to: 900, sha256: '1-900' },
          { from: 900, to: 1000, sha256: '1-1000' },
        ],
      ],
      [2, [{ from: 0, to: 5, sha256: '2-5' }]],
    ]),
  )
  expect(await pieces(store, [])).toEqual(new Map())
  await store.close()
  rmSync(dir, { recursive: true, force: true })
})
