import 'server-only'

const BLOCK = 512
/** First size that eleven octal digits cannot express. */
const TOO_LARGE = 8 ** 11

/**
 * Returns the header of a file in a tar archive (POSIX.1-1988 ustar, https://pubs.opengroup.org/onlinepubs/9699919799/utilities/pax.html). Sizes of 8 GiB or
 * more are written in base 256 as in GNU tar (https://www.gnu.org/software/tar/manual/html_node/Extensions.html). The name is ASCII of at most 100 characters,
 * the size is in bytes, `modified` in epoch milliseconds.
 */
export function tarHeader(name: string, size: number, modified: number): Uint8Array {
  const header = Buffer.alloc(BLOCK)
  const octal = (value: number, at: number, width: number) => header.write(`${value.toString(8).padStart(width - 1, '0')}\0`, at, 'ascii')
  header.write(name, 0, 100, 'ascii')
  octal(0o644, 100, 8)
  octal(0, 108, 8)
  octal(0, 116, 8)
  if (size < TOO_LARGE) octal(size, 124, 12)
  else {
    header[124] = 0x80
    header.writeBigUInt64BE(BigInt(size), 128)
  }
  octal(Math.floor(modified / 1000), 136, 12)
  header.write('        ', 148, 'ascii')
  header.write('0', 156, 'ascii')
  header.write('ustar\x0000', 257, 'ascii')
  const checksum = header.reduce((sum, byte) => sum + byte, 0)
  header.write(`${checksum.toString(8).padStart(6, '0')}\0 `, 148, 'ascii')
  return header
}

/** Returns the padding after the content of a file of `size` bytes. */
export function tarPadding(size: number): Uint8Array {
  return new Uint8Array((BLOCK - (size % BLOCK)) % BLOCK)
}

/** End of an archive. */
export const TAR_END = new Uint8Array(2 * BLOCK)
