import { createHash } from 'node:crypto'
import { readdir, stat } from 'node:fs/promises'
import { basename, dirname, extname, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { Known } from './known'
import type { FoundSet } from './read/found'
import type { FileRead } from './read/read-file'
import { readFiles } from './thread/read-files'
import type { ReaderThread } from './thread/thread'

/** Interval between two checks of the files. Milliseconds. */
const EVERY = 5000
/** Maximum depth of folders, and maximum number of files in total. */
const DEEPEST = 4
const MOST_FILES = 1000

/** A file as last read. */
export interface ContextFile {
  path: string
  /** Epoch milliseconds; null if unknown. */
  modified: number | null
  sha256: string
  sets: readonly FoundSet[]
  failure: { reason: string; line: number | null } | null
}

interface Seen {
  path: string
  modified: number
  /** Changes with its content. */
  version: string
}

/** A place that is neither a file nor a folder, or that exceeds a limit. */
interface Unseen {
  path: string
  reason: string
}

/** A file that the server itself writes repeatedly, and the reason why the last attempt failed, or null. */
export interface WrittenFile {
  readonly path: string
  readonly failure: string | null
  close(): void
}

/** Returns a digest of the files' contents. The names of files do not count, except for lists. */
function digestOf(files: readonly ContextFile[]): string {
  const lines = files.flatMap(({ sha256, sets }) => sets.map(({ kind, name }) => `${kind} ${sha256} ${kind === 'list' ? name : ''}`))
  return lines.length === 0 ? '' : createHash('sha256').update(lines.sort().join('\n')).digest('hex').slice(0, 32)
}

/** The context files, read at the start and again when they change. */
export class ContextFiles {
  private files: readonly ContextFile[] = []
  private versions = new Map<string, string>()
  private held = Known.nothing
  private readonly first: Promise<void>
  private readonly closed = new AbortController()

  constructor(
    private readonly places: readonly string[],
    private readonly start: () => ReaderThread,
    private readonly warn: (message: string) => void,
    private readonly written: WrittenFile | null = null,
    private readonly every = EVERY,
  ) {
    this.first = this.look()
    if (places.length > 0 || written !== null) void this.follow()
  }

  /** Returns the facts known so far. */
  get current(): Known {
    return this.held
  }

  /** Returns the known facts, once all files have been read for the first time. */
  async known(): Promise<Known> {
    await this.first
    return this.held
  }

  /** Returns each file, in the order of the paths, once all files have been read for the first time. */
  async all(): Promise<readonly ContextFile[]> {
    await this.first
    return this.files
  }

  close(): void {
    this.closed.abort()
    this.written?.close()
  }

  private async follow(): Promise<void> {
    await this.first
    while (!this.closed.signal.aborted) {
      await pause(this.every, undefined, { ref: false, signal: this.closed.signal }).catch(() => {})
      if (!this.closed.signal.aborted) await this.look()
    }
  }

  /** Reads new and changed files; a file that cannot be read does not affect the others. */
  private async look(): Promise<void> {
    const { seen, unseen } = await this.list()
    const changed = seen.filter(({ path, version }) => this.versions.get(path) !== version)
    const gone = this.files.some(({ path }) => ![...seen, ...unseen].some((one) => one.path === path))
    const lost = unseen.some(({ path, reason }) => this.files.find((file) => file.path === path)?.failure?.reason !== reason)
    if (changed.length === 0 && !gone && !lost) return
    const read = await readFiles(
      changed.map(({ path }) => path),
      this.start,
    )
    const before = new Map(this.files.map((file) => [file.path, file]))
    const files = seen.map(({ path, modified }): ContextFile => {
      const file = read.get(path)
      return file ? { path, modified, ...file } : { ...before.get(path)!, modified }
    })
    const missing = unseen.map(
      ({ path, reason }): ContextFile => ({ path, modified: null, sha256: '', sets: [], failure: { reason, line: null } }),
    )
    this.versions = new Map(seen.map(({ path, version }) => [path, version]))
    this.files = [...files, ...missing].sort((a, b) => (a.path < b.path ? -1 : 1))
    this.held = Known.of(
      this.files.flatMap(({ sets }) => sets),
      digestOf(this.files),
    )
    this.tell(
      [...read]
        .map(([path, file]) => ({ path, ...file }))
        .concat(missing.map(({ path, failure }) => ({ path, sha256: '', sets: [], failure }))),
    )
  }

  private tell(files: readonly ({ path: string } & FileRead)[]): void {
    for (const { path, failure } of files) if (failure) this.warn(`Context file ${path} was not read: ${failure.reason}`)
  }

  private async list(): Promise<{ seen: Seen[]; unseen: Unseen[] }> {
    const seen = new Map<string, Seen>()
    const unseen: Unseen[] = []
    const visit = async (path: string, depth: number): Promise<void> => {
      try {
        const stats = await stat(path)
        const { size, mtimeMs, ctimeMs, ino } = stats
        if (stats.isDirectory()) {
          if (depth > DEEPEST) return void unseen.push({ path, reason: `it lies more than ${DEEPEST} folders deep` })
          for (const name of (await readdir(path)).sort()) if (!name.startsWith('.')) await visit(join(path, name), depth + 1)
        } else if (!stats.isFile()) unseen.push({ path, reason: 'it is neither a file nor a folder' })
        else if (seen.size >= MOST_FILES) unseen.push({ path, reason: `there are more than ${MOST_FILES} files` })
        else seen.set(path, { path, modified: Math.round(mtimeMs), version: `${size} ${mtimeMs} ${ctimeMs} ${ino}` })
      } catch (error) {
        unseen.push({ path, reason: `it cannot be opened (${(error as NodeJS.ErrnoException).code ?? error})` })
      }
    }
    for (const place of this.places) await visit(place, 0)
    if (this.written !== null) await this.visitWritten(this.written, visit, unseen)
    return { seen: [...seen.values()], unseen }
  }

  /** The file may not exist yet. If writing it failed, its previous content is shown together with the reason. */
  private async visitWritten(
    { path, failure }: WrittenFile,
    visit: (path: string, depth: number) => Promise<void>,
    unseen: Unseen[],
  ): Promise<void> {
    if (await stat(path).catch(() => null)) await visit(path, 0)
    if (failure !== null) unseen.push({ path: join(dirname(path), `${basename(path, extname(path))} (last query)`), reason: failure })
  }
}
