import { type Sql, sql } from '@/lib/store/sql'

/** Azure's ids are one whatever their case: this tells ACLs apart, and `group by` takes it for a key. */
export function foldedAcl(acl: Sql): Sql {
  return sql`lower(${acl})`
}

/** One spelling for ACLs that differ in case alone: of those given, the last in the order of its characters, since small letters come after capitals. */
export function oneSpelling(acls: readonly string[]): (acl: string) => string {
  const spelled = new Map<string, string>()
  for (const acl of acls) {
    const folded = acl.toLowerCase()
    if (acl > (spelled.get(folded) ?? '')) spelled.set(folded, acl)
  }
  return (acl) => spelled.get(acl.toLowerCase()) ?? acl
}
