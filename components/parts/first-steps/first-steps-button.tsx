'use client'

import { Compass } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useSyncExternalStore } from 'react'
import { useUnconfigured } from '@/components/parts/configured/use-unconfigured'
import { useKey } from '@/components/parts/keys/use-key'
import { useView } from '@/components/parts/view/use-view'
import { Button } from '@/components/ui/button'
import { readSeen, watchSeen } from './seen'

/** Starts the first steps; its name is written out until they were seen. */
export function FirstStepsButton() {
  const router = useRouter()
  const { href, step } = useView()
  const seen = useSyncExternalStore(watchSeen, readSeen, () => true)
  const start = () => router.push(href({ from: null, to: null, last: null, q: null, log: null, asof: null, off: null, step: '1' }, '/'))
  useKey({ keys: 'g 1', does: 'first steps', group: 'Go' }, start)
  if (useUnconfigured()) return null
  return (
    <Button
      look="ghost"
      aria-pressed={step > 0}
      title="First steps: follow the story that deserves a look most (g 1)"
      className={seen ? 'w-7 px-0' : 'text-accent max-md:w-7 max-md:px-0'}
      onClick={start}
    >
      <Compass aria-hidden="true" size={15} />
      <span className={seen ? 'sr-only' : 'max-md:sr-only'}>First steps</span>
    </Button>
  )
}
