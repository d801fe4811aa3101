import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, it } from 'vitest'
import type { FlowGroup } from '@/lib/flow/tuple/tuple'
import { sql } from './sql'
import { ENGINES, openStore } from './test/engines'

const BATCHES = 20
const RULES = 1000
const NAME = 2048
/** Bytes of all names together, and how much of that the heap may grow by. */
const WRITTEN = BATCHES * RULES * NAME
const MOST = WRITTEN / 8

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

function heap(): number {
  collect()
  return process.memoryUsage().heapUsed
}

function groupsOf(batch: number): FlowGroup[] {
  const common = { source: 's', log: 'l', logName: 'l', mac: '', format: 'nsg-v2', acl: 'a', enc: null, proto: null, state: null } as const
  return Array.from({ length: RULES }, (_, i) => {
    const id = batch * RULES + i
    return { ...common, id, rule: String(id).padStart(NAME, 'x') }
  })
}

it.each(ENGINES)('%s holds no names in the heap, neither after they were stored nor after it was opened again', async (engine) => {
  const dir = mkdtempSync(join(tmpdir(), 'flowlens-names-'))
  let store = await openStore(engine, dir)
  const before = heap()
  const count = async () => (await store.query(sql`select count(*) as n, count(distinct rule) as rules from groups`))[0]
  try {
    for (let batch = 0; batch < BATCHES; batch++)
      await store.append({ parts: [], blobs: [], forget: [], pieces: [], groups: groupsOf(batch), rejections: [] })
    expect(heap() - before).toBeLessThan(MOST)
    await store.close()
    store = await openStore(engine, dir)
    expect(heap() - before).toBeLessThan(MOST)
    await store.append({ parts: [], blobs: [], forget: [], pieces: [], groups: groupsOf(0), rejections: [] })
    expect(await count()).toMatchObject({ rules: BATCHES * RULES })
  } finally {
    await store.close()
    rmSync(dir, { recursive: true, force: true })
  }
})
