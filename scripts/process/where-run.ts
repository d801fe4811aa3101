import { spawnSync } from 'node:child_process'
import { cpus, totalmem } from 'node:os'

/** Returns the output of git, or an empty text if it fails. */
export function git(...args: string[]): string {
  return spawnSync('git', args, { encoding: 'utf8' }).stdout?.trim() ?? ''
}

/** The current commit, and whether the working tree differs from it. */
export function commit(): string {
  const hash = git('rev-parse', '--short', 'HEAD')
  if (hash === '') return 'unknown'
  return git('status', '--porcelain', '--untracked-files=no') === '' ? hash : `${hash} with changes`
}

/** Processors, memory, system and Node.js of this machine. */
export function machine(): string {
  const [cpu] = cpus()
  return `${cpus().length} × ${cpu?.model.trim() ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GiB, ${process.platform}, Node ${process.versions.node}`
}
