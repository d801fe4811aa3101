import { spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'

function mount(...args: string[]): boolean {
  return spawnSync('mount', args, { stdio: 'ignore' }).status === 0
}

export interface SmallDisk {
  /** Mounts it again so. */
  remount(options: string): void
  unmount(): void
}

/** A small disk of its own at a folder, or null where this process may not mount one. */
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
