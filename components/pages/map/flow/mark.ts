/** What is looked at: a node, or a link between two. */
export type Mark = { node: string } | { from: string; to: string }

export function isMarked(mark: Mark | null, { from, to }: { from: string; to: string }): boolean {
  if (mark === null) return false
  return 'node' in mark ? mark.node === from || mark.node === to : mark.from === from && mark.to === to
}
