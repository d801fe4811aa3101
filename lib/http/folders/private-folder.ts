import { chmod, mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * Leaves a folder, made when absent, and what lies in it to their owner alone: it holds what was read from storage, and sessions. What another user owns
 * cannot be changed, and `warn` is told. Does nothing on Windows, which has no such modes.
 */
export async function keepPrivate(folder: string, warn: (message: string) => void): Promise<void> {
  if (process.platform === 'win32') return
  await mkdir(folder, { recursive: true, mode: 0o700 })
  try {
    await chmod(folder, 0o700)
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      if (entry.isDirectory()) await chmod(join(folder, entry.name), 0o700)
      else if (entry.isFile()) await chmod(join(folder, entry.name), 0o600)
    }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error'
    warn(`Data directory ${folder} cannot be kept from other users (${code}): make this process's user its owner`)
  }
}
