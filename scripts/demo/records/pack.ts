import type { WireTuple } from './wire'

/** Records of real logs end at 32,184–32,270 bytes. */
const LIMIT = 32_200

/** Tuples of one record by the key they are grouped under, in order of first appearance. */
export type Groups = Map<string, string[]>

/**
 * Splits the rows of one flush into records of at most 32 KB. `around` is the size of an empty record, `group` of an empty group; everything is
 * ASCII, so lengths are bytes.
 */
export function pack(
  rows: readonly WireTuple[],
  shape: { around: number; key(row: WireTuple): string; group(key: string): number; tuple(row: WireTuple): string },
): Groups[] {
  const records: Groups[] = []
  let groups: Groups = new Map()
  let size = shape.around
  for (const row of rows) {
    const key = shape.key(row)
    const text = `"${shape.tuple(row)}"`
    let tuples = groups.get(key)
    const added = text.length + 1 + (tuples ? 0 : shape.group(key))
    if (size + added > LIMIT && groups.size > 0) {
      records.push(groups)
      groups = new Map()
      tuples = undefined
      size = shape.around + shape.group(key) + text.length + 1
    } else size += added
    if (tuples) tuples.push(text)
    else groups.set(key, [text])
  }
  if (groups.size > 0) records.push(groups)
  return records
}
