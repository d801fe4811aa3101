import { threeDigits } from '@/lib/flow/text/digits'

const exact = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 })

/** `1204511` → `1,204,511`. */
export function formatCount(n: number): string {
  return exact.format(n)
}

const STEPS = [
  { from: 1e12, sign: 'T' },
  { from: 1e9, sign: 'G' },
  { from: 1e6, sign: 'M' },
  { from: 1e3, sign: 'k' },
] as const

/** Exact below 10,000, then three digits and a decimal prefix: `1204511` → `1.20 M`. */
export function compactCount(n: number): string {
  if (n < 10_000) return exact.format(n)
  let { from, sign } = STEPS.find((step) => n >= step.from)!
  if (n / from >= 999.5) {
    const next = STEPS[STEPS.findIndex((step) => step.sign === sign) - 1]
    if (next) ({ from, sign } = next)
  }
  return `${threeDigits(n / from)} ${sign}`
}

/** A share of a whole, never rounded to 0 % or 100 % when it is neither: `<0.1 %`, `38 %`, `99.9 %`. */
export function formatShare(part: number, whole: number): string {
  if (whole === 0) return '–'
  const percent = (part / whole) * 100
  if (percent === 0) return '0 %'
  if (percent === 100) return '100 %'
  if (percent < 0.1) return '<0.1 %'
  if (percent > 99.9) return '>99.9 %'
  if (percent < 10 || percent > 99) return `${percent.toFixed(1)} %`
  return `${percent.toFixed(0)} %`
}

/** `1 target`, `2 targets`, `8,201 ports`. */
export function formatPlural(n: number, one: string, many = `${one}s`): string {
  return `${exact.format(n)} ${n === 1 ? one : many}`
}
