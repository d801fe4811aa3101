import { type Sql, sql } from '@/lib/store/sql'

/** Folds the case of an ACL's id, because Azure's ids are case-insensitive: the key to compare and group by. */
export function foldedAcl(acl: Sql): Sql {
  return sql`lower(${acl})`
}

/** Returns a function that gives one spelling to ACLs that differ only in case: the last of the given ones in character order, which favours lower case. */
export function oneSpelling(acls: readonly string[]): (acl: string) => string {
  const spelled = new Map<string, string>()
  for (const acl of acls) {
    const folded = acl.toLowerCase()
    if (acl > (spelled.get(folded) ?? '')) spelled.set(folded, acl)
  }
  return (acl) => spelled.get(acl.toLowerCase()) ?? acl
}
