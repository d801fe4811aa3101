'use client'

import { History } from 'lucide-react'
import { useKey } from '@/components/parts/keys/use-key'
import { useOptions } from '@/components/parts/view/use-options'
import { useView } from '@/components/parts/view/use-view'
import { Button } from '@/components/ui/button'

/** Switches the comparison with the previous period. */
export function PreviousSwitch() {
  const { go } = useView()
  const { options, patch } = useOptions('overview')
  const flip = () => go(patch({ prev: !options.prev }), { replace: true })
  useKey({ keys: 'p', does: 'compare with the previous period', group: 'Charts' }, flip)
  return (
    <Button
      look={options.prev ? 'chosen' : 'plain'}
      aria-pressed={options.prev}
      title={'Compare with the previous period (p)'}
      onClick={flip}
    >
      <History aria-hidden="true" size={13} />
      Previous period
    </Button>
  )
}
