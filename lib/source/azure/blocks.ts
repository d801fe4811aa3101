import { createHash } from 'node:crypto'

/** A committed block of Get Block List: its base64 id and its size in bytes. */
export interface Block {
  name: string
  size: number
}

/**
 * Returns a mark of the leading blocks that make up bytes [0, end): `blocks:COUNT:SHA-256 of ids and sizes`. Blocks are appended and never rewritten in place,
 * so equal marks mean equal bytes. Null if `end` is not a border between blocks.
 */
export function blocksMark(blocks: readonly Block[], end: number): string | null {
  const hash = createHash('sha256')
  let count = 0
  let size = 0
  for (const block of blocks) {
    if (size + block.size > end) break
    size += block.size
    count++
    hash.update(`${block.name} ${block.size}\n`)
  }
  return size === end && count > 0 ? `blocks:${count}:${hash.digest('hex')}` : null
}

/** Returns the bytes of the first `count` blocks, or of all blocks if there are fewer. */
export function blocksEnd(blocks: readonly Block[], count: number): number {
  return blocks.slice(0, count).reduce((sum, { size }) => sum + size, 0)
}
