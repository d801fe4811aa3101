import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient } from '@clickhouse/client'
import { describe, expect, it } from 'vitest'
import { DAY, HOUR } from '@/lib/flow/time/bucket'
import { Road } from '@/lib/ingest/road/road'
import { startHere } from '@/lib/ingest/test/here'
import { FolderSource } from '@/lib/source/folder/folder'
import { hasClickhouse } from '@/scripts/clickhouse/start'
import { FEWEST } from '@/scripts/demo/blocks'
import { writeFolder } from '@/scripts/demo/write-folder'
import { clickhouse, databaseOf, PASSWORD } from '../test/engines'
import { openClickhouse } from './clickhouse'
import { fromContainer, fromFolder, pushdown } from './pushdown'

const NOW = Date.UTC(2024, 7, 12, 14)
const NAMES =
  'time, record_time, src, dst, sport, dport, proto, dir, action, state, packets_sent, bytes_sent, packets_received, bytes_received'
const ALL = [...NAMES.split(', '), 'rule', 'acl', 'mac', 'format']
/** Sums that do not depend on the order of rows, but do change with any value, and with a value in a different row. */
const SUMS = `count() as n, countIf(format = 'vnet-v4') as vnet, sum(cityHash64(${ALL.map((name) => `toString(${name})`).join(', ')})) as hash,
  ${ALL.map((name) => `sum(cityHash64(toString(${name}))) as hash_${name}`).join(', ')}`
const CONTAINER = { cluster: 'all', collection: 'flowlens_azure', container: 'insights-logs-flowlogflowevent' }

describe.runIf(hasClickhouse())('pushdown', () => {
  it('finds exactly the tuples that the parser finds, in both formats', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'flowlens-pushdown-'))
    const [{ url }, database] = [await clickhouse(), databaseOf(dir)]
    await writeFolder(join(dir, 'evidence'), { seed: 3, tuples: FEWEST, now: NOW })
    const place = { url, user: 'default', password: PASSWORD, database, cluster: null, keepDays: null, spool: join(dir, 'spool') }
    const road = new Road(await openClickhouse(place), [new FolderSource(join(dir, 'evidence'))], { threads: 1, start: startHere })
    const client = createClient({ url, database, password: PASSWORD })
    const range = { from: NOW - 20 * HOUR, to: NOW - HOUR }
    try {
      const never = new AbortController().signal
      await road.fetch(await road.survey(range, never), never)
      const pushed = pushdown(fromFolder(join(dir, 'evidence'), range.from, range.to), range.from, range.to)
      const read = `select ${NAMES}, rule, acl, mac, format from tuples join (select id, rule, acl, mac, format from groups) as named on id = grp
        where time >= ${range.from} and time < ${range.to}`
      const result = async (query: string) => (await client.query({ query, format: 'JSONEachRow' })).json<Record<string, string>>()
      const [theirs] = await result(`select ${SUMS} from (${pushed})`)
      const [ours] = await result(`select ${SUMS} from (${read})`)
      expect(Number(ours!.n)).toBeGreaterThan(1000)
      expect(Number(ours!.vnet)).toBeGreaterThan(0)
      expect(theirs).toEqual(ours)
    } finally {
      await road.close()
      await client.close()
      rmSync(dir, { recursive: true, force: true })
    }
  })
})

it('reads the days that can hold the range, without a secret in the statement', () => {
  expect(fromContainer(CONTAINER, NOW, NOW + 1)).toContain("blob_path = '**/y=2024/m=08/d=12/**/PT1H.json'")
  expect(fromContainer(CONTAINER, NOW, NOW + DAY)).toContain("'**/{y=2024/m=08/d=12,y=2024/m=08/d=13}/**/PT1H.json'")
  expect(fromContainer(CONTAINER, NOW, NOW + DAY)).toMatch(
    /^azureBlobStorageCluster\('all', flowlens_azure, container = 'insights-logs-flowlogflowevent'/,
  )
})
