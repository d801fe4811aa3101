import type { Thresholds } from '@/lib/flow/finding/facts'
import type { FindingKind } from '@/lib/flow/finding/kinds'
import type { Weight } from '@/lib/flow/finding/level'
import type { View } from '@/lib/flow/view/view'
import type { Scope } from '@/lib/query/where/scope'
import type { Store } from '@/lib/store/store'
import type { BaselineCover } from './cover'

/** Input for one kind of finding. */
export interface KindAsking<Kind extends FindingKind> {
  store: Store
  view: View
  /** The same view of the time before. */
  baseline: View
  scope: Scope
  thresholds: Thresholds[Kind]
  cover: BaselineCover
  /** MACs of NICs in the range with unread blobs. */
  unread: ReadonlySet<string>
  signal?: AbortSignal
}

export type FindingFigures = Readonly<Record<string, number | string | readonly number[] | readonly string[]>>

/** A finding before it is ranked and formatted; times in epoch milliseconds. */
export interface FoundCase {
  /** Identifies it among findings of its kind. */
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
  /** Missing if it is the view's. */
  range?: { from: number; to: number }
  figures: FindingFigures
  sentence: string
  weight: Weight
}

export type AskKind<Kind extends FindingKind> = (asking: KindAsking<Kind>) => Promise<FoundCase[]>
