import { createReadStream } from 'node:fs'
import { crc32 } from 'node:zlib'

/** Identifies an undamaged file: its length in bytes, and its CRC-32. */
export interface Checksum {
  bytes: number
  crc: number
}

/** Reads a file and returns its checksum. Rejects with the file system's error. */
export async function checksumOf(file: string): Promise<Checksum> {
  let [bytes, crc] = [0, 0]
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) {
    bytes += chunk.length
    crc = crc32(chunk, crc)
  }
  return { bytes, crc }
}
