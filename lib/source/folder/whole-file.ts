import { closeSync, constants, fstatSync, openSync, readlinkSync, readSync, realpathSync } from 'node:fs'
import type { FileVersion } from '@/lib/source/model/source'
import { versionOf } from './walk'

const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = constants

/**
 * Fills the beginning of `bytes` with one version of a small file, on the calling thread: that costs a fifth of what promises cost. False for anything but
 * exactly that version, such as a link, a changed file, or one that may not be read; `FolderReading` tells the reason. `bytes` is at least as long as the file.
 */
export function readWhole({ path, etag, length }: FileVersion, bytes: Uint8Array): boolean {
  try {
    const file = openSync(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK)
    try {
      if (!liesAt(file, path)) return false
      for (let filled = 0; filled < length; ) {
        const read = readSync(file, bytes, filled, length - filled, filled)
        if (read === 0) return false
        filled += read
      }
      return isVersion(file, etag)
    } finally {
      closeSync(file)
    }
  } catch {
    return false
  }
}

function isVersion(file: number, etag: string): boolean {
  const stats = fstatSync(file, { bigint: true })
  return stats.isFile() && versionOf(stats) === etag
}

/** True if no link leads to the file. On Linux, the open file tells its path in one call. */
function liesAt(file: number, path: string): boolean {
  if (process.platform !== 'linux') return realpathSync.native(path) === path
  return readlinkSync(`/proc/self/fd/${file}`) === path
}
