import { DAY, HOUR, MINUTE } from '@/lib/flow/time/bucket'

/** Formats values for the sentences of findings. */

export function amount(count: number): string {
  return count.toLocaleString('en')
}

export function plural(count: number, one: string, many = `${one}s`): string {
  return `${amount(count)} ${count === 1 ? one : many}`
}

/** Formats a duration: `5 min`, `11.3 h`, `2 days`. */
export function lasting(ms: number): string {
  if (ms >= 2 * DAY) return `${Number((ms / DAY).toFixed(1))} days`
  if (ms >= 2 * HOUR) return `${Number((ms / HOUR).toFixed(1))} h`
  if (ms >= 2 * MINUTE) return `${Number((ms / MINUTE).toFixed(1))} min`
  return `${Number((ms / 1000).toFixed(1))} s`
}

/** Returns the part of a sentence about a baseline without such traffic. */
export function notBefore(share: number): string {
  if (share === 0) return 'nothing of the baseline has been read, so it may be usual'
  if (share > 0.995) return 'the baseline has none of it'
  return `the baseline has none of it, as far as logs of ${Math.max(1, Math.round(share * 100))} % of it have been read`
}
