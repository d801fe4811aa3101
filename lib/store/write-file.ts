import { closeSync, openSync, writeSync } from 'node:fs'

/** Writes a new file of this user alone, piece by piece. Throws what the file system throws. */
export function writeFile(path: string, write: (sink: (bytes: Uint8Array) => void) => void): void {
  const file = openSync(path, 'w', 0o600)
  try {
    write((bytes) => {
      for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done)
    })
  } finally {
    closeSync(file)
  }
}
