import type { FilterField } from './fields'
import type { Scanner } from './scan'

/** One alternative of `field:a,b`. Ranges are inclusive at both ends; `name` parts are what stands between `*` wildcards. */
export type Test =
  | { kind: 'addresses'; first: bigint; last: bigint }
  | { kind: 'numbers'; first: number; last: number }
  | { kind: 'word'; word: string }
  | { kind: 'name'; parts: string[] }
  | { kind: 'scanner'; scanner: Scanner }

/** Where a piece of the filter stands in the text as typed: characters [at, end). */
export interface Span {
  at: number
  end: number
}

export type Filter =
  | ({ op: 'and' | 'or'; of: Filter[] } & Span)
  | ({ op: 'not'; of: Filter } & Span)
  | ({ op: 'match'; field: FilterField; tests: Test[] } & Span)
