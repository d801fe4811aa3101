import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AZURITE_KEY } from '@/lib/source/test/azurite'
import { PASSWORD } from '@/lib/store/test/engines'
import { startClickhouse } from '../clickhouse/start'
import { startAzurite } from '../demo/azurite'
import { chooseSeed } from './seed'
import { isShared, type SharedServer, share } from './shared'

/** Storage accounts of the one Azurite: each test file uses one, a proof one for each of its tests. */
const ACCOUNTS = 64

async function azurite(): Promise<SharedServer> {
  const accounts = Array.from({ length: ACCOUNTS }, (_, i) => ({ name: `flowlenstest${i}`, key: AZURITE_KEY }))
  const [first, ...others] = accounts
  const { port, stop } = await startAzurite(first, ...others)
  return {
    tell() {
      const account = accounts.pop()
      if (!account) throw new Error(`all ${ACCOUNTS} accounts are taken`)
      return { account, port }
    },
    stop,
  }
}

async function clickhouse(): Promise<SharedServer> {
  const folder = await mkdtemp(join(tmpdir(), 'flowlens-clickhouse-'))
  const { url, stop } = await startClickhouse(folder, PASSWORD)
  return {
    tell: () => ({ url }),
    async stop() {
      await stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Runs before all tests: chooses the seed, and offers one Azurite and one ClickHouse. Vitest calls it for each of its projects. */
export default async function setup(): Promise<(() => Promise<void>) | undefined> {
  if (isShared()) return
  chooseSeed()
  return share({ azurite, clickhouse })
}
