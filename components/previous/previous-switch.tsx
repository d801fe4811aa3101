'use client'

import { History } from 'lucide-react'
import { useKey } from '@/components/keys/use-key'
import { Button } from '@/components/ui/button'
import { useOptions } from '@/components/view/use-options'
import { useView } from '@/components/view/use-view'

/** Compares with the period before, or not. */
export function PreviousSwitch() {
  const { go } = useView()
  const { options, patch } = useOptions('overview')
  const flip = () => go(patch({ prev: !options.prev }), { replace: true })
  useKey({ keys: 'p', does: 'compare with the period before', group: 'Charts' }, flip)
  return (
    <Button
      look={options.prev ? 'chosen' : 'plain'}
      aria-pressed={options.prev}
      title={'Compare with the period before (p)'}
      onClick={flip}
    >
      <History aria-hidden="true" size={13} />
      Period before
    </Button>
  )
}
