import type { Progress } from '@/lib/flow/answers'

/** Rates are taken over this long. Milliseconds. */
const WINDOW = 4000

/** Estimates the time left from the last few seconds' pace: call it with each progress as it comes. */
export function estimator(now: () => number = Date.now): (progress: Progress) => Progress {
  const seen: { at: number; bytes: number }[] = []
  return (progress) => {
    const at = now()
    seen.push({ at, bytes: progress.bytesRead })
    while (seen.length > 2 && at - seen[0]!.at > WINDOW) seen.shift()
    const first = seen[0]!
    const pace = (progress.bytesRead - first.bytes) / Math.max(1, at - first.at)
    return { ...progress, left: pace > 0 ? Math.round((progress.bytes - progress.bytesRead) / pace) : null }
  }
}
