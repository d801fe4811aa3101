'use client'

import { aclName } from '@/components/parts/format/resource'
import { decodeRule } from '@/components/parts/format/rule'
import { PatchLink } from '@/components/parts/view/patch-link'
import { Notice } from '@/components/ui/states/notice'
import { type RuleName, useOpenRule } from './use-open-rule'

/** Shown for a link that names a rule without its ACL: the ACLs that have a rule of that name, or that none has. */
export function WhichAcl({ rule, found }: { rule: string; found: readonly RuleName[] }) {
  const { patchTo } = useOpenRule()
  const { name } = decodeRule(rule)
  if (found.length === 0)
    return (
      <Notice tone="caution" title={`No rule ${rule} in this view`}>
        No ACL has a rule of that name with hits: it is outside of the range, filtered out, or spelled otherwise.
      </Notice>
    )
  return (
    <Notice tone="neutral" title={`${found.length} ACLs have a rule ${name}`}>
      <ul aria-label="ACLs" className="flex flex-wrap gap-x-4">
        {found.map((one) => (
          <li key={`${one.acl} ${one.dir}`}>
            <PatchLink
              patch={patchTo(one)}
              title={one.acl}
              className="inline-flex min-h-7 items-center text-accent underline underline-offset-3"
            >
              {aclName(one.acl)}, {one.dir === 'in' ? 'inbound' : 'outbound'}
            </PatchLink>
          </li>
        ))}
      </ul>
    </Notice>
  )
}
