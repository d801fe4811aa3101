import * as K from '@/lib/parse/json/keys'
import { type Spelling, spelling } from './opening'

/**
 * The objects between a record and its tuples. Each gives one value that applies to everything below it, and holds one array: of the next level's objects, or
 * of tuples. Sources: https://learn.microsoft.com/azure/network-watcher/nsg-flow-logs-overview and vnet-flow-logs-overview.
 */
export interface ArrayLevel {
  /** Key of its value, or null. */
  says: typeof K.VERSION | typeof K.RULE | typeof K.MAC | typeof K.ACL_ID | null
  /** Key of its array. */
  holds: number
  /** Azure's spelling of its beginning, if that is a name followed by the array. */
  spelled: Spelling | null
  /** Level of the array's elements, or null for tuples. */
  inner: ArrayLevel | null
  /** Depth of the object, the record being 1. */
  depth: number
}

const nsgCard: ArrayLevel = { says: K.MAC, holds: K.FLOW_TUPLES, spelled: spelling('mac', 'flowTuples'), inner: null, depth: 6 }
const nsgRule: ArrayLevel = { says: K.RULE, holds: K.FLOWS, spelled: spelling('rule', 'flows'), inner: nsgCard, depth: 4 }
/** `properties` of an NSG record. */
export const NSG_LEVEL: ArrayLevel = { says: K.VERSION, holds: K.FLOWS, spelled: null, inner: nsgRule, depth: 2 }

const vnetRule: ArrayLevel = { says: K.RULE, holds: K.FLOW_TUPLES, spelled: spelling('rule', 'flowTuples'), inner: null, depth: 6 }
const vnetAcl: ArrayLevel = { says: K.ACL_ID, holds: K.FLOW_GROUPS, spelled: spelling('aclID', 'flowGroups'), inner: vnetRule, depth: 4 }
/** `flowRecords` of a VNet record. */
export const VNET_LEVEL: ArrayLevel = { says: null, holds: K.FLOWS, spelled: null, inner: vnetAcl, depth: 2 }
