import type { BigIntStats, Dirent } from 'node:fs'
import { lstatSync, opendirSync, readdirSync, realpathSync } from 'node:fs'
import { sep } from 'node:path'
import { Problem, type ProblemKind } from '@/lib/flow/problem'
import { Slices } from '@/lib/source/wait/slices'

/** A regular file; `name` is its path below the root with `/` between segments. */
export interface FoundFile {
  name: string
  etag: string
  /** Bytes. */
  length: number
  /** Epoch milliseconds. */
  modified: number
}

export interface Walk {
  /** In name order. */
  files: readonly FoundFile[]
  /** One for each place that could not be read. */
  problems: readonly Problem[]
}

/** The contents of a directory when it was read. */
interface Folder {
  /** `changed`: last change of its entries or rights. `read`: time of the reading. Epoch milliseconds. */
  changed: number
  read: number
  folders: Map<string, Folder | null>
  /** As last seen. */
  files: Map<string, FoundFile | null>
  links: string[]
  /** Neither files, directories nor links. */
  others: string[]
}

/** Most of tens of thousands of directories hold one entry; they share these for the kinds of which they have none. */
const NO_FOLDERS: Folder['folders'] = new Map()
const NO_FILES: Folder['files'] = new Map()
const NO_NAMES: string[] = []

/** Milliseconds. A directory read sooner after its last change may have changed again within one tick of the file system's clock. */
const TICK = 2000
/** A directory of at most so many bytes, some hundred entries, is read in one call. */
const ONE_CALL = 16 * 1024
/** Entries of a larger directory that are read at once. */
const AT_ONCE = 128
/** Node's replacement for bytes of a name that are not UTF-8; the file cannot be opened by that name. */
const GARBLED = '\ufffd'

/** Identifies one version of a file: size, modification time in nanoseconds, inode. */
export function versionOf(stats: BigIntStats): string {
  return `"${stats.size}-${stats.mtimeNs}-${stats.ino}"`
}

/** Converts a file system error to a Problem; `subject` is the path concerned. */
export function folderProblem(subject: string, error: unknown): Problem {
  if (error instanceof Problem) return error
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error'
  const isGarbled = code === 'ENOENT' && subject.includes(GARBLED)
  const [kind, what]: [ProblemKind, string] = isGarbled
    ? ['source', 'cannot be read because its name is not UTF-8: rename it']
    : code === 'ENOENT' || code === 'ENOTDIR'
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
 * Walks everything below a root, which is a real path. Links are not followed: a target inside the root is found by its own path, a target outside is reported.
 * More than `limit` entries are a Problem. Unchanged directories are not read again, but each of their files is checked. File system calls are made on this
 * thread, where they cost a fifth of what promises cost, for a few milliseconds at a time.
 */
export class Walker {
  private root = ''
  /** The prefix that makes a name a path. */
  private above = ''
  private folder: Folder | null = null
  private last: { found: readonly FoundFile[]; walk: Walk } | null = null
  private entries = 0
  private found: FoundFile[] = []
  private problems: Problem[] = []

  constructor(private readonly limit: number) {}

  /** Returns the previous walk itself if nothing has changed. */
  async walk(root: string, signal: AbortSignal): Promise<Walk> {
    if (root !== this.root) this.folder = null
    this.root = root
    this.above = root.endsWith(sep) ? root : root + sep
    this.entries = 0
    this.found = []
    this.problems = []
    const slices = new Slices(signal)
    await slices.pass()
    this.folder = await this.visit('', this.folder, slices)
    return this.result()
  }

  private result(): Walk {
    const { last, found, problems } = this
    const isSame = last !== null && problems.length + last.walk.problems.length === 0 && found.length === last.found.length
    if (isSame && found.every((file, i) => file === last.found[i])) return last.walk
    const files = [...found].sort((a, b) => (a.name < b.name ? -1 : 1))
    this.last = { found, walk: { files, problems } }
    return this.last.walk
  }

  /** Returns null if the directory cannot be read. */
  private async visit(name: string, known: Folder | null, slices: Slices): Promise<Folder | null> {
    const path = this.pathOf(name)
    const prefix = name === '' ? '' : `${name}/`
    let folder: Folder
    try {
      folder = await this.read(path, known, slices)
    } catch (error) {
      if (name === '' || error instanceof Problem) throw error
      this.problems.push(folderProblem(path, error))
      return null
    }
    for (const entry of folder.others) {
      const where = `${path}/${entry}`
      this.problems.push(new Problem('source', `${where} is no regular file and is not read`, { where }))
    }
    for (const entry of folder.links) this.judgeLink(`${path}/${entry}`)
    for (const [entry, before] of folder.files) {
      if (slices.isOver()) await slices.pass()
      folder.files.set(entry, this.describe(prefix + entry, before))
    }
    for (const [entry, before] of folder.folders) {
      if (slices.isOver()) await slices.pass()
      folder.folders.set(entry, await this.visit(prefix + entry, before, slices))
    }
    return folder
  }

  private pathOf(name: string): string {
    return name === '' ? this.root : this.above + name
  }

  private async read(path: string, known: Folder | null, slices: Slices): Promise<Folder> {
    const { ctimeMs: changed, size } = lstatSync(path)
    if (known?.changed === changed && changed + TICK < known.read) {
      this.count(known.folders.size + known.files.size + known.links.length + known.others.length)
      return known
    }
    const folder: Folder = { changed, read: Date.now(), folders: NO_FOLDERS, files: NO_FILES, links: NO_NAMES, others: NO_NAMES }
    if (size <= ONE_CALL) {
      const entries = readdirSync(path, { withFileTypes: true })
      this.count(entries.length)
      for (const entry of entries) sort(entry, folder, known)
      return folder
    }
    const entries = opendirSync(path, { bufferSize: AT_ONCE })
    try {
      for (let entry = entries.readSync(); entry !== null; entry = entries.readSync()) {
        if (slices.isOver()) await slices.pass()
        this.count(1)
        sort(entry, folder, known)
      }
    } finally {
      entries.closeSync()
    }
    return folder
  }

  private count(entries: number): void {
    const { root, limit } = this
    this.entries += entries
    if (this.entries <= limit) return
    throw new Problem('source', `${root} holds more than ${limit} entries: name the folder that holds the logs more exactly`, {
      where: root,
    })
  }

  /** Describes a file: the same object if it has not changed. */
  private describe(name: string, before: FoundFile | null): FoundFile | null {
    const path = this.pathOf(name)
    try {
      const stats = lstatSync(path, { bigint: true })
      if (!stats.isFile()) return null
      const etag = versionOf(stats)
      const found = before?.etag === etag ? before : { name, etag, length: Number(stats.size), modified: Number(stats.mtimeMs) }
      this.found.push(found)
      return found
    } catch (error) {
      this.problems.push(folderProblem(path, error))
      return null
    }
  }

  private judgeLink(path: string): void {
    try {
      const target = realpathSync.native(path)
      if (isInside(this.root, target)) return
      this.problems.push(new Problem('denied', `${path} is a link that leads out of the folder and is not followed`, { where: path }))
    } catch (error) {
      this.problems.push(folderProblem(path, error))
    }
  }
}

function sort(entry: Dirent, folder: Folder, known: Folder | null): void {
  const { name } = entry
  if (entry.isDirectory()) {
    if (folder.folders === NO_FOLDERS) folder.folders = new Map()
    folder.folders.set(name, known?.folders.get(name) ?? null)
  } else if (entry.isFile()) {
    if (folder.files === NO_FILES) folder.files = new Map()
    folder.files.set(name, known?.files.get(name) ?? null)
  } else if (entry.isSymbolicLink()) {
    if (folder.links === NO_NAMES) folder.links = []
    folder.links.push(name)
  } else {
    if (folder.others === NO_NAMES) folder.others = []
    folder.others.push(name)
  }
}
