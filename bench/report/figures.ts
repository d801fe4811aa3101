import type { Spread } from '../run'

export function ms(value: number): string {
  return value < 10
    ? `${value.toFixed(2)} ms`
    : value < 10_000
      ? `${Math.round(value).toLocaleString('en')} ms`
      : `${(value / 1000).toFixed(1)} s`
}

export function laps({ median, min, max }: Spread): string {
  return `${ms(median)} (${ms(min)}–${ms(max)})`
}

export function times({ median, min, max }: Spread): string {
  return `${median.toFixed(2)}× (${min.toFixed(2)}–${max.toFixed(2)})`
}

export function size(bytes: number): string {
  if (bytes < 1e4) return `${bytes} B`
  return bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} kB` : bytes < 1e9 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(2)} GB`
}

export function amount(count: number): string {
  return count.toLocaleString('en')
}
