'use client'

import { useMemo } from 'react'
import type { Patch } from '@/components/view/patch'
import { useOptions } from '@/components/view/use-options'
import type { Direction } from '@/lib/flow/tuple'

/** What tells a rule from all others. */
export interface RuleName {
  rule: string
  acl: string
  dir: Direction
}

/** The rule whose card is open, or null, and the change of the link that opens one, or closes it. */
export function useCard(): { open: RuleName | null; patchTo: (name: RuleName | null) => Patch } {
  const { options, patch } = useOptions('rules')
  const { rule, acl, dir } = options
  return useMemo(
    () => ({
      open: rule === null || acl === null ? null : { rule, acl, dir },
      patchTo: (name) => patch(name === null ? { rule: null, acl: null, dir: 'in' } : { rule: name.rule, acl: name.acl, dir: name.dir }),
    }),
    [rule, acl, dir, patch],
  )
}

export function sameRule(a: RuleName | null, b: RuleName): boolean {
  return a !== null && a.rule === b.rule && a.acl === b.acl && a.dir === b.dir
}
