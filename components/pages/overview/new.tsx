'use client'

import { WhatIsNew } from '@/components/parts/baseline/what-is-new'
import { useOptions } from '@/components/parts/view/use-options'
import { useView } from '@/components/parts/view/use-view'

const FIELDS = [
  ['src', 'Sources'],
  ['dst', 'Destinations'],
  ['dport', 'Ports'],
  ['rule', 'Rules'],
] as const

/** What is new against a baseline that the link names. */
export function New() {
  const { go } = useView()
  const { options, patch } = useOptions('overview')
  return <WhatIsNew fields={FIELDS} baseline={options.base} onBaseline={(base) => go(patch({ base }))} />
}
