'use client'

import { formatClock, type Zone, zoneSign } from '@/components/format/time'
import { useView } from '@/components/view/use-view'
import { type Live, useLive } from './live-provider'

function clock(t: number, zone: Zone): string {
  const whole = Math.floor(t / 1000) * 1000
  return `${formatClock(whole, zone)} ${zoneSign(whole, zone)}`
}

/** What stands after `Live`; of much the same length in every state. */
function words({ state, refusal, looked, next, failure }: Live, zone: Zone): string {
  if (state === 'rests') return `rests: ${refusal}`
  const last = failure !== null ? 'the last look failed' : looked === null ? '' : `looked ${clock(looked, zone)}`
  const then = {
    waits: 'waits for the reading',
    hidden: 'stopped in a hidden tab',
    looking: 'looking now',
    following: `next ${clock(next, zone)}`,
    off: '',
  }[state]
  return last === '' ? then : `${last}, ${then}`
}

/** When it was last looked for new blocks and when it will be again. Takes the same room whatever it says. */
export function LiveStatus() {
  const live = useLive()
  const { zone } = useView()
  if (live.state === 'off') return null
  const text = words(live, zone)
  const caution = live.state === 'rests' || live.failure !== null
  return (
    <p
      title={live.failure ?? `Live: ${text}`}
      className="h-7 w-86 max-w-full truncate text-label leading-7 text-muted md:ml-auto md:text-right"
    >
      Live <span className={caution ? 'text-caution' : 'data text-ink'}>{text}</span>
    </p>
  )
}
