import type { MarkKind } from './marks'

/** How a mark looks on the time axis of a chart. */
export const MARK_LOOKS: Readonly<Record<MarkKind, string>> = {
  hole: 'hole-hatched',
  growing: 'growing-dotted',
  silent: 'silence-hatched',
  quiet: 'border-b-2 border-line-strong',
}
