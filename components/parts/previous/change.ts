/** The change of a figure: a sign to see, words for screen readers. */
export interface Change {
  sign: '▲' | '▼' | '='
  text: string
  spoken: string
}

function size(part: number, whole: number): string {
  const percent = (part / whole) * 100
  if (percent < 0.1) return '<0.1 %'
  if (percent > 99.9 && percent < 100) return '>99.9 %'
  return `${percent < 10 ? percent.toFixed(1).replace('.0', '') : percent.toFixed(0)} %`
}

/** The change from `before` to `now`, both not negative; from zero there is no percentage. */
export function changeFrom(before: number, now: number): Change {
  if (now === before) return { sign: '=', text: now === 0 ? 'none then either' : 'same', spoken: 'no change' }
  if (before === 0) return { sign: '▲', text: 'none then', spoken: 'up from none' }
  if (now >= before * 10) return { sign: '▲', text: `${Math.floor(now / before)} times`, spoken: `up to ${Math.floor(now / before)} times` }
  const text = size(Math.abs(now - before), before)
  return now > before ? { sign: '▲', text, spoken: `up ${text}` } : { sign: '▼', text, spoken: `down ${text}` }
}
