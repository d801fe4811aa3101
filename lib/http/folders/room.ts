import 'server-only'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Bytes that a data directory must have room for: what small blobs become before they count. */
const ROOM = new Uint8Array(2 ** 20)

/** Writes a file into a folder and removes it. Rejects if the folder is missing, read-only or full. */
export async function checkRoom(folder: string): Promise<void> {
  const file = join(/* turbopackIgnore: true */ folder, 'room')
  try {
    await writeFile(file, ROOM)
  } finally {
    await rm(file, { force: true })
  }
}
