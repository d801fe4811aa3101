const NOBODY = /^0{8}-0{4}-0{4}-0{4}-0{12}$/

/** The last part of a resource id: the NSG's or VNet's own name. */
export function shortResource(id: string): string {
  const end = id.replace(/\/+$/, '')
  return end.slice(end.lastIndexOf('/') + 1) || id
}

/** The name of an ACL: its last part, or its owner if no network security group or admin rule decided. */
export function aclName(acl: string): string {
  if (NOBODY.test(acl)) return 'Azure platform'
  return acl === '' || acl === 'unspecified' ? 'no ACL named' : shortResource(acl)
}
