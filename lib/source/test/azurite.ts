import { type Azurite, connectionStringOf, startAzurite as start } from '@/scripts/demo/azurite'
import { sharedByRun } from '@/scripts/tests/shared'

/** Azurite's published account (learn.microsoft.com/azure/storage/common/storage-use-azurite). */
const AZURITE_ACCOUNT = 'devstoreaccount1'
export const AZURITE_KEY = 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=='
const PUBLISHED = { name: AZURITE_ACCOUNT, key: AZURITE_KEY }

export type { Azurite }

/** The account and its port: its own, or that of a proxy in front of it. */
export type Place = Pick<Azurite, 'account' | 'port'>

export function connectionStringFor(port: number, account = PUBLISHED): string {
  return connectionStringOf(account, port)
}

/** Returns an unused storage account of the Azurite that the test run shares; outside a test run, of an Azurite that starts now. */
export async function startAzurite(): Promise<Azurite> {
  const shared = await sharedByRun<Place>('azurite')
  return shared ? { ...shared, connectionString: connectionStringFor(shared.port, shared.account), stop: async () => {} } : start(PUBLISHED)
}
