import 'server-only'
import { join } from 'node:path'
import { serverCredential } from '@/lib/auth/credential'
import type { Config } from '@/lib/config'
import { readInventory } from '@/lib/graph/inventory'
import { KeptInventory } from '@/lib/graph/kept-inventory'
import { managementOf } from '@/lib/graph/management'

/** The inventory as Azure Resource Graph has it, where the environment asks for it; null elsewhere. */
export function keptInventory(config: Config, warn: (message: string) => void): KeptInventory | null {
  if (config.inventory === null) return null
  const endpoint = managementOf(config.authority)
  const credential = serverCredential(config, endpoint)
  if (credential === undefined) return null
  const path = join(config.dataDir, 'inventory', 'Azure Resource Graph.json')
  return new KeptInventory(path, () => readInventory({ endpoint, credential }), warn)
}
