import { closeSync, openSync, writeSync } from 'node:fs'
import { crc32 } from 'node:zlib'
import type { Checksum } from './checksum'

/**
 * Writes a new file that only this user can access, piece by piece.
 * @throws the file system's error
 */
export function writeFile(path: string, write: (sink: (bytes: Uint8Array) => void) => void): Checksum {
  const sum = { bytes: 0, crc: 0 }
  const file = openSync(path, 'w', 0o600)
  try {
    write((bytes) => {
      sum.bytes += bytes.length
      sum.crc = crc32(bytes, sum.crc)
      for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done)
    })
  } finally {
    closeSync(file)
  }
  return sum
}
