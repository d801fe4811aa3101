/**
 * Effect of an object that is not read: irrelevant (`calm`), worth naming but no flow log (`named`), or possibly traffic, so that an answer without it is
 * incomplete (`missing`).
 */
export type Grade = 'calm' | 'named' | 'missing'

/** Objects of one kind that hold no flow log and are not read. */
export interface Passed {
  /** Display name, such as `PNG image`. */
  what: string
  /** The alternative to read, or why it cannot be read; null if obvious. */
  why: string | null
  grade: Grade
  /** Extension of their names, lower case; '' if they have none. */
  extension: string
  count: number
  /** The name of one of them. */
  sample: string
}

/** Formats `not read: 3 × .csv, Traffic Analytics export (…), such as NAME`. */
export function passedLine({ what, why, extension, count, sample }: Passed): string {
  const named = extension === '' ? 'without extension' : `.${extension}`
  return `not read: ${count} × ${named}, ${what}${why === null ? '' : ` (${why})`}, such as ${sample}`
}
