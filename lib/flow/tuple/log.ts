import { hash53 } from '../hash'

/** The names of a flow log. `key` is the same from its path and from its records; `id` is for links and tables. */
export interface LogName {
  id: string
  key: string
  format: 'nsg' | 'vnet'
  name: string
  subscription: string | null
  resourceGroup: string | null
}

const NSG = /^\/SUBSCRIPTIONS\/([^/]+)\/RESOURCEGROUPS\/([^/]+)\/PROVIDERS\/MICROSOFT\.NETWORK\/NETWORKSECURITYGROUPS\/([^/]+)$/
const FLOW_LOG =
  /^\/SUBSCRIPTIONS\/([^/]+)\/RESOURCEGROUPS\/([^/]+)\/PROVIDERS\/MICROSOFT\.NETWORK\/NETWORKWATCHERS\/([^/]+)\/FLOWLOGS\/([^/]+)$/
const SHORT = /^([^/_]+)_([^/]+)\/([^/]+)$/
const WATCHER = /^NETWORKWATCHER_[^_]+_(?=.)/
const SLUG_LENGTH = 40
const HASH_LENGTH = 8

/**
 * Returns the identity of a flow log, from a blob path's scope (`…resourceId=/SUBSCRIPTIONS/…`, `…flowLogResourceID=/SUB_RG/WATCHER_NAME`) or from the resource
 * id in a record. Upper case: the NSG's resource id, or `SUB_RG/WATCHER_NAME` for a VNet flow log in any of its layouts. Source:
 * https://learn.microsoft.com/azure/network-watcher/flow-logs-read and vnet-flow-logs-manage.
 */
export function logKey(scopeOrResourceId: string): string {
  const upper = scopeOrResourceId.toUpperCase()
  const named = /(?:^|\/)(?:FLOWLOG)?RESOURCEID=(.*)$/s.exec(upper)
  const resource = `/${(named?.[1] ?? upper).replace(/^\/+|\/+$/g, '')}`
  if (NSG.test(resource)) return resource
  const full = FLOW_LOG.exec(resource)
  return full ? `${full[1]}_${full[2]}/${full[3]}_${full[4]}` : resource.slice(1)
}

/** Returns the names of a flow log from a path scope or a resource id. All names follow from its key, so both give the same result. */
export function describeLog(source: string, scopeOrResourceId: string): LogName {
  const key = logKey(scopeOrResourceId)
  const nsg = NSG.exec(key)
  const short = SHORT.exec(key)
  const parts = nsg ?? short
  const last = parts?.[3] ?? key.slice(key.lastIndexOf('/') + 1)
  const name = (nsg ? last : last.replace(WATCHER, '')) || 'unnamed'
  return {
    id: `${slug(name)}-${shortHash(`${source}\0${key}`)}`,
    key,
    format: nsg ? 'nsg' : 'vnet',
    name,
    subscription: parts?.[1] ?? null,
    resourceGroup: parts?.[2] ?? null,
  }
}

function slug(name: string): string {
  const words = name.toLowerCase().replace(/[^a-z0-9]+/g, '-')
  return words.slice(0, SLUG_LENGTH).replace(/^-|-$/g, '') || 'log'
}

function shortHash(text: string): string {
  return (hash53(text) % 36 ** HASH_LENGTH).toString(36).padStart(HASH_LENGTH, '0')
}
