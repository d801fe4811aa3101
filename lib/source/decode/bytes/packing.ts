/** The packing of bytes by their first bytes; the name does not matter. */
export type Packing = 'gzip' | 'zip' | 'tar' | Wide | null
/** Text with more than one byte per character, least or most significant byte first. */
export type Wide = 'utf-16le' | 'utf-16be' | 'utf-32le' | 'utf-32be'

/** Number of first bytes that determine the packing. */
export const PACKING_BYTES = 512

const ZIP = [0x04034b50, 0x06054b50, 0x08074b50]

/** Returns the packing of an object that begins with `head`: its first `PACKING_BYTES`, or all of a smaller object. Null for bytes to be read as they are. */
export function packingOf(head: Uint8Array): Packing {
  if (head[0] === 0x1f && head[1] === 0x8b) return 'gzip'
  const first = head.length < 4 ? 0 : (head[0]! | (head[1]! << 8) | (head[2]! << 16) | (head[3]! << 24)) >>> 0
  if (ZIP.includes(first)) return 'zip'
  if (isTarHeader(head)) return 'tar'
  if (first === 0x0000feff) return 'utf-32le'
  if (first === 0xfffe0000) return 'utf-32be'
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le'
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be'
  return unmarked(head)
}

/** True if a block is the header of a tar entry: its checksum matches its bytes (POSIX.1 pax, and the older forms). */
export function isTarHeader(block: Uint8Array): boolean {
  if (block.length < 512 || block[0] === 0) return false
  const written = /^[\0 ]*([0-7]+)[\0 ]*$/.exec(Buffer.from(block.subarray(148, 156)).toString('latin1'))?.[1]
  if (written === undefined) return false
  let sum = 8 * 0x20
  for (let i = 0; i < 512; i++) if (i < 148 || i >= 156) sum += block[i]!
  return sum === Number.parseInt(written, 8)
}

/** JSON begins with ASCII characters, whose other bytes are zero. */
function unmarked(head: Uint8Array): Wide | null {
  if (isAscii(head, 2, 0)) return 'utf-16le'
  if (isAscii(head, 2, 1)) return 'utf-16be'
  if (isAscii(head, 4, 0)) return 'utf-32le'
  return isAscii(head, 4, 3) ? 'utf-32be' : null
}

/** True if each of the first units of `width` bytes has a non-zero byte at `place` and zeros elsewhere. */
function isAscii(head: Uint8Array, width: number, place: number): boolean {
  const units = Math.min(32, Math.floor(head.length / width))
  if (units < 2) return false
  for (let i = 0; i < units * width; i++) if ((head[i] !== 0) !== (i % width === place)) return false
  return true
}
