import type { FilterField } from '../field/fields'
import type { Novelty } from '../field/novelty'
import type { ScannerTerm } from '../field/scan'

/** One alternative of `field:a,b`. Ranges are inclusive at both ends; `name` parts are the texts between `*` wildcards. */
export type Test =
  | { kind: 'addresses'; first: bigint; last: bigint }
  | { kind: 'numbers'; first: number; last: number }
  | { kind: 'word'; word: string }
  | { kind: 'name'; parts: string[] }
  | { kind: 'scanner'; scanner: ScannerTerm }
  | { kind: 'novelty'; novelty: Novelty }
  /** The values of a saved list, which take its place before anything is asked. */
  | { kind: 'list'; name: string }

/** Position of a part of the filter in the text as typed: characters [at, end). */
export interface Span {
  at: number
  end: number
}

export type Filter =
  | ({ op: 'and' | 'or'; of: Filter[] } & Span)
  | ({ op: 'not'; of: Filter } & Span)
  | ({ op: 'match'; field: FilterField; tests: Test[] } & Span)
