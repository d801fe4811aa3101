'use client'

import { Play, Radio } from 'lucide-react'
import { useUnconfigured } from '@/components/parts/configured/use-unconfigured'
import { useKey } from '@/components/parts/keys/use-key'
import { Button } from '@/components/ui/button'
import { classNames } from '@/components/ui/class-names'
import { useToast } from '@/components/ui/toaster'
import { useLive } from './live-provider'

/** Follows new blocks, or pauses. */
export function LiveButton() {
  const { state, refusal, toggle } = useLive()
  const say = useToast()
  const on = state !== 'off'
  const refused = !on && refusal !== null
  function press() {
    if (refused) say(`Nothing to follow: ${refusal}`)
    else toggle()
  }
  useKey({ keys: 'l', does: 'follow new blocks, or pause', group: 'Ask' }, press)
  if (useUnconfigured()) return null
  const Icon = on ? Radio : Play
  const about = refused
    ? `Nothing to follow: ${refusal}`
    : on
      ? 'New blocks are followed\nclick or l: pause'
      : 'Click or l: follow new blocks'
  return (
    <Button
      look="ghost"
      aria-pressed={on}
      aria-disabled={refused}
      title={about}
      className={classNames('max-md:w-8 max-md:px-0', on && 'bg-accent-soft text-accent', refused && 'opacity-50')}
      onClick={press}
    >
      <Icon aria-hidden="true" size={14} />
      <span className="max-md:sr-only">Live</span>
    </Button>
  )
}
