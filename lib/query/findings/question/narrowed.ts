import { isComparing } from '@/lib/flow/view/comparing'
import type { View } from '@/lib/flow/view/view'

/** Returns the part of a view's range that a finding is about, in which the view's filter selects the same rows: all of it, if the filter compares rows. */
export function narrowed({ from, to, filter }: View, part: { from: number; to: number }): { from: number; to: number } {
  return isComparing(filter) ? { from, to } : { from: Math.max(from, part.from), to: Math.min(to, part.to) }
}
