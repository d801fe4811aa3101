import { type Azurite, connectionStringOf, startAzurite as start } from '@/scripts/demo/azurite'

/** Azurite's published account (learn.microsoft.com/azure/storage/common/storage-use-azurite). */
export const AZURITE_ACCOUNT = 'devstoreaccount1'
export const AZURITE_KEY = 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=='
const PUBLISHED = { name: AZURITE_ACCOUNT, key: AZURITE_KEY }

export type { Azurite }

export function connectionStringFor(port: number): string {
  return connectionStringOf(PUBLISHED, port)
}

export function startAzurite(): Promise<Azurite> {
  return start(PUBLISHED)
}
