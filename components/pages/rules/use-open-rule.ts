'use client'

import { useMemo } from 'react'
import type { Patch } from '@/components/parts/view/patch'
import { useOptions } from '@/components/parts/view/use-options'
import type { Direction } from '@/lib/flow/tuple/tuple'

/** The fields that identify a rule. */
export interface RuleName {
  rule: string
  acl: string
  dir: Direction
}

/** The open rule, or null, and the link patch that opens or closes one. */
export function useOpenRule(): { open: RuleName | null; patchTo: (name: RuleName | null) => Patch } {
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
