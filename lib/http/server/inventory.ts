import 'server-only'
import { join } from 'node:path'
import { serverCredential } from '@/lib/auth/credential'
import type { Config } from '@/lib/config'
import { readInventory } from '@/lib/graph/inventory'
import { KeptInventory } from '@/lib/graph/kept-inventory'
import { managementOf } from '@/lib/graph/management'

/** Returns the inventory from Azure Resource Graph, if configured; otherwise null. */
export function keptInventory(config: Config, warn: (message: string) => void): KeptInventory | null {
  if (config.inventory === null) return null
  const endpoint = managementOf(config.authority)
  const credential = serverCredential(config, endpoint)
  if (credential === undefined) return null
  const path = join(config.dataDir, 'inventory', 'Azure Resource Graph.json')
  return new KeptInventory(path, () => readInventory({ endpoint, credential }), warn)
}
