import type { BigIntStats, Dirent } from 'node:fs'
import { lstat, opendir, realpath, stat } from 'node:fs/promises'
import { join, sep } from 'node:path'
import { Problem, type ProblemKind } from '@/lib/flow/problem'
import { cancelled } from './cancelled'
import { isJson } from './path'

/** A regular `*.json` file; `name` is its path below the root with `/` between segments. */
export interface Found {
  name: string
  etag: string
  /** Bytes. */
  length: number
  /** Epoch milliseconds. */
  modified: number
}

export interface Walk {
  files: Found[]
  /** What could not be seen, one for each place. */
  problems: Problem[]
}

const AT_ONCE = 32

/** Stands for one version of a file: size, modification time in nanoseconds, inode. */
export function versionOf(stats: BigIntStats): string {
  return `"${stats.size}-${stats.mtimeNs}-${stats.ino}"`
}

/** A file system error as a Problem; `subject` is the path concerned. */
export function folderProblem(subject: string, error: unknown): Problem {
  if (error instanceof Problem) return error
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error'
  const [kind, what]: [ProblemKind, string] =
    code === 'ENOENT' || code === 'ENOTDIR'
      ? ['absent', 'does not exist']
      : code === 'EACCES' || code === 'EPERM'
        ? ['denied', 'may not be read by this process']
        : ['source', 'cannot be read']
  return new Problem(kind, `${subject} ${what} (${code})`, { where: subject, cause: error })
}

export function isInside(root: string, target: string): boolean {
  return target === root || target.startsWith(root.endsWith(sep) ? root : root + sep)
}

/**
 * Every regular `*.json` file below `root`, which is a real path, in name order. Links are not followed: what they name inside the root is met
 * on its own path, what lies outside is reported. More than `limit` entries are a Problem.
 */
export async function walk(root: string, limit: number, signal: AbortSignal): Promise<Walk> {
  const found: Walk = { files: [], problems: [] }
  const pending = ['']
  let entries = 0

  const visit = async (folder: string): Promise<void> => {
    const files: string[] = []
    try {
      for await (const entry of await opendir(join(root, folder))) {
        if (signal.aborted) throw cancelled()
        if (++entries > limit) throw tooMany(root, limit)
        const name = folder === '' ? entry.name : `${folder}/${entry.name}`
        if (entry.isDirectory()) pending.push(name)
        else if (entry.isSymbolicLink()) await judgeLink(root, name, found.problems)
        else if (isJson(entry.name)) files.push(...regular(root, name, entry, found.problems))
      }
    } catch (error) {
      if (folder === '' || error instanceof Problem) throw error
      found.problems.push(folderProblem(join(root, folder), error))
    }
    for (let i = 0; i < files.length; i += AT_ONCE) {
      const group = files.slice(i, i + AT_ONCE).map((name) => describe(root, name, found))
      await Promise.all(group)
    }
  }

  while (pending.length > 0) {
    const outcomes = await Promise.allSettled(pending.splice(0, AT_ONCE).map(visit))
    for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason
  }
  found.files.sort((a, b) => (a.name < b.name ? -1 : 1))
  return found
}

function tooMany(root: string, limit: number): Problem {
  return new Problem('source', `${root} holds more than ${limit} entries: name the folder that holds the logs more exactly`, {
    where: root,
  })
}

function regular(root: string, name: string, entry: Dirent, problems: Problem[]): string[] {
  if (entry.isFile()) return [name]
  const path = join(root, name)
  problems.push(new Problem('source', `${path} is no regular file and is not read`, { where: path }))
  return []
}

async function describe(root: string, name: string, found: Walk): Promise<void> {
  try {
    const stats = await lstat(join(root, name), { bigint: true })
    if (!stats.isFile()) return
    found.files.push({ name, etag: versionOf(stats), length: Number(stats.size), modified: Number(stats.mtimeMs) })
  } catch (error) {
    found.problems.push(folderProblem(join(root, name), error))
  }
}

async function judgeLink(root: string, name: string, problems: Problem[]): Promise<void> {
  const path = join(root, name)
  try {
    const target = await realpath(path)
    if (isInside(root, target)) return
    if (!isJson(name) && !(await stat(target)).isDirectory()) return
    problems.push(new Problem('denied', `${path} is a link that leads out of the folder and is not followed`, { where: path }))
  } catch (error) {
    problems.push(folderProblem(path, error))
  }
}
