import { chmod, lstat, mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown error'
}

/**
 * Restricts a folder, which is created if missing, and its whole content to their owner: it holds data read from storage, and sessions. Files of another user
 * cannot be changed; they are reported to `warn`. Does nothing on Windows, which has no such modes.
 */
export async function keepPrivate(folder: string, warn: (message: string) => void): Promise<void> {
  if (process.platform === 'win32') return
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const refused = new Set<string>()
  const keep = async (path: string, mode: number) => {
    try {
      if (((await lstat(path)).mode & 0o777) !== mode) await chmod(path, mode)
    } catch (error) {
      const code = codeOf(error)
      if (code !== 'ENOENT') refused.add(code)
    }
  }
  const walk = async (at: string): Promise<void> => {
    await keep(at, 0o700)
    const entries = await readdir(at, { withFileTypes: true }).catch((error: unknown) => {
      refused.add(codeOf(error))
      return []
    })
    for (const entry of entries) {
      const path = join(at, entry.name)
      if (entry.isDirectory()) await walk(path)
      else if (entry.isFile()) await keep(path, 0o600)
    }
  }
  await walk(folder)
  if (refused.size > 0)
    warn(`Data directory ${folder} cannot be kept from other users (${[...refused].join(', ')}): make this process's user its owner`)
}
