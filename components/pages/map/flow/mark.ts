/** The highlighted part of the picture: a node, or a link between two. */
export type MarkedPart = { node: string } | { from: string; to: string }

export function isMarked(mark: MarkedPart | null, { from, to }: { from: string; to: string }): boolean {
  if (mark === null) return false
  return 'node' in mark ? mark.node === from || mark.node === to : mark.from === from && mark.to === to
}
