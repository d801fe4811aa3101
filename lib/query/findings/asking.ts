import type { Thresholds } from '@/lib/flow/finding/facts'
import type { FindingKind } from '@/lib/flow/finding/kinds'
import type { Weight } from '@/lib/flow/finding/level'
import type { View } from '@/lib/flow/view'
import type { Scope } from '@/lib/query/where/scope'
import type { Store } from '@/lib/store/store'
import type { Cover } from './cover'

/** What a kind of finding is asked with. */
export interface Asking<Kind extends FindingKind> {
  store: Store
  view: View
  /** The same question about the time before. */
  baseline: View
  scope: Scope
  thresholds: Thresholds[Kind]
  cover: Cover
  /** MACs of NICs of which the range has blobs that have not been read. */
  unread: ReadonlySet<string>
  signal?: AbortSignal
}

export type Figures = Readonly<Record<string, number | string | readonly number[] | readonly string[]>>

/** A finding before it is ranked and written; times in epoch milliseconds. */
export interface Found {
  /** What tells it apart from others of its kind. */
  key: readonly (string | number)[]
  src: string | null
  dst: string | null
  dport: number | null
  first: number
  last: number
  tuples: number
  bytes: number
  /** Terms of the filter language that select its tuples, within the view and `range`. */
  terms: string
  /** Where it is not the view's. */
  range?: { from: number; to: number }
  figures: Figures
  sentence: string
  weight: Weight
}

export type Ask<Kind extends FindingKind> = (asking: Asking<Kind>) => Promise<Found[]>
