/**
 * What it means that an object is not read: nothing that anybody would miss (`calm`), nothing of flow logs (`named`), or maybe traffic, so that an answer
 * without it is not complete (`missing`).
 */
export type Grade = 'calm' | 'named' | 'missing'

/** Objects of one kind that hold no flow log and are not read. */
export interface Passed {
  /** For people, such as `PNG image`. */
  what: string
  /** What to read instead, or why it cannot be read; null where that is plain. */
  why: string | null
  grade: Grade
  /** Of their names, lower case; '' where they have none. */
  extension: string
  count: number
  /** The name of one of them. */
  sample: string
}

/** `not read: 3 × .csv, Traffic Analytics export (…), such as NAME`. */
export function passedLine({ what, why, extension, count, sample }: Passed): string {
  const named = extension === '' ? 'without extension' : `.${extension}`
  return `not read: ${count} × ${named}, ${what}${why === null ? '' : ` (${why})`}, such as ${sample}`
}
