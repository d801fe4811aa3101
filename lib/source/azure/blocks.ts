import { createHash } from 'node:crypto'

/** A committed block as Get Block List gives it: base64 id and bytes. */
export interface Block {
  name: string
  size: number
}

/**
 * Stands for the leading blocks that make up bytes [0, end), as `blocks:COUNT:SHA-256 of ids and sizes`. Blocks get appended and are never
 * rewritten in place, so equal marks mean equal bytes. Null when `end` is no border between blocks.
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

/** Bytes of the first `count` blocks, or of all when there are fewer. */
export function blocksEnd(blocks: readonly Block[], count: number): number {
  return blocks.slice(0, count).reduce((sum, { size }) => sum + size, 0)
}
