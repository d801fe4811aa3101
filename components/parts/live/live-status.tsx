'use client'

import { formatClock, type Zone, zoneSign } from '@/components/parts/format/time'
import { useView } from '@/components/parts/view/use-view'
import { type Live, useLive } from './live-provider'

function clock(t: number, zone: Zone): string {
  const whole = Math.floor(t / 1000) * 1000
  return `${formatClock(whole, zone)} ${zoneSign(whole, zone)}`
}

/** The text after `Live`, of similar length in every state. */
function words({ state, refusal, looked, next, failure }: Live, zone: Zone): string {
  if (state === 'rests') return `paused: ${refusal}`
  const last = failure !== null ? 'the last check failed' : looked === null ? '' : `checked ${clock(looked, zone)}`
  const then = {
    waits: 'waits for reading',
    hidden: 'stopped in a hidden tab',
    looking: 'checking now',
    following: `next ${clock(next, zone)}`,
    off: '',
  }[state]
  return last === '' ? then : `${last}, ${then}`
}

/** Times of the last and the next check. Takes the same room in every state. */
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
