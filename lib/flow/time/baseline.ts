import { parseDuration, writeDuration } from './duration'

/** The time before a range that it is compared with: as long as the range (`prev`), or of a fixed length in milliseconds. It ends where the range begins. */
export type Baseline = 'prev' | number

/** Returns the range that has the given length and ends where this range begins. Milliseconds. */
export function timeBefore<Range extends { from: number; to: number }>(range: Range, length: number): Range {
  return { ...range, from: Math.max(0, range.from - length), to: range.from }
}

/** Returns the baseline of a range. Milliseconds. */
export function baselineOf({ from, to }: { from: number; to: number }, baseline: Baseline): { from: number; to: number } {
  return timeBefore({ from, to }, baseline === 'prev' ? to - from : baseline)
}

/** `prev`, or a length such as `7d`; null for any other text. */
export function readBaseline(text: string): Baseline | null {
  return text === 'prev' ? 'prev' : parseDuration(text)
}

/** The text that readBaseline reads. */
export function writeBaseline(baseline: Baseline): string {
  return baseline === 'prev' ? 'prev' : writeDuration(baseline)
}
