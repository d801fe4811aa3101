import { spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'

function mount(...args: string[]): boolean {
  return spawnSync('mount', args, { stdio: 'ignore' }).status === 0
}

export interface SmallDisk {
  /** Remounts it with these options. */
  remount(options: string): void
  unmount(): void
}

/** Mounts a small separate disk at a folder; null if this process may not mount. */
export function smallDisk(folder: string, size: string): SmallDisk | null {
  mkdirSync(folder, { recursive: true })
  if (!mount('-t', 'tmpfs', '-o', `size=${size},mode=700`, 'tmpfs', folder)) return null
  return {
    remount: (options) => {
      if (!mount('-o', `remount,${options}`, folder)) throw new Error(`${folder} could not be mounted ${options}`)
    },
    unmount: () => {
      spawnSync('umount', ['-l', folder], { stdio: 'ignore' })
    },
  }
}
