import { createReadStream } from 'node:fs'
import { crc32 } from 'node:zlib'

/** Bytes and CRC-32 of a file. Rejects with what the file system throws. */
export async function checksumOf(file: string): Promise<{ bytes: number; crc: number }> {
  let [bytes, crc] = [0, 0]
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) {
    bytes += chunk.length
    crc = crc32(chunk, crc)
  }
  return { bytes, crc }
}
