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

/** The changes since the baseline that the link names. */
export function New() {
  const { go } = useView()
  const { options, patch } = useOptions('overview')
  return <WhatIsNew fields={FIELDS} baseline={options.baseline} onBaseline={(baseline) => go(patch({ baseline }))} />
}
