import * as K from './keys'

/**
 * The objects between a record and its tuples. Each says one thing about what lies below it, and holds one array: of the next level's objects, or of
 * tuples. Sources: https://learn.microsoft.com/azure/network-watcher/nsg-flow-logs-overview and vnet-flow-logs-overview.
 */
export interface Level {
  /** Key of what it says, or null. */
  says: typeof K.VERSION | typeof K.RULE | typeof K.MAC | typeof K.ACL_ID | null
  /** Key of its array. */
  holds: number
  /** Level of the array's elements, or null for tuples. */
  inner: Level | null
  /** Depth of the object, the record being 1. */
  depth: number
}

const nsgCard: Level = { says: K.MAC, holds: K.FLOW_TUPLES, inner: null, depth: 6 }
const nsgRule: Level = { says: K.RULE, holds: K.FLOWS, inner: nsgCard, depth: 4 }
/** `properties` of an NSG record. */
export const NSG_LEVEL: Level = { says: K.VERSION, holds: K.FLOWS, inner: nsgRule, depth: 2 }

const vnetRule: Level = { says: K.RULE, holds: K.FLOW_TUPLES, inner: null, depth: 6 }
const vnetAcl: Level = { says: K.ACL_ID, holds: K.FLOW_GROUPS, inner: vnetRule, depth: 4 }
/** `flowRecords` of a VNet record. */
export const VNET_LEVEL: Level = { says: null, holds: K.FLOWS, inner: vnetAcl, depth: 2 }
