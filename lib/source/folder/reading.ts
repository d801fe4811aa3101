import { createHash } from 'node:crypto'
import { constants } from 'node:fs'
import { type FileHandle, open, realpath } from 'node:fs/promises'
import { Problem } from '@/lib/flow/problem'
import type { Reading } from '@/lib/source/model/source'
import { cancelled } from '@/lib/source/wait/cancelled'
import { folderProblem, versionOf } from './walk'

const CHUNK = 4 * 1024 * 1024
const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = constants

/** One version of a file. `path` must be a real path: a link anywhere in it is refused. */
export class FolderReading implements Reading {
  private constructor(
    private readonly path: string,
    readonly etag: string,
    readonly length: number,
    private readonly growing: boolean,
  ) {}

  static async open(path: string, growing: boolean): Promise<FolderReading> {
    return withFile(path, async (file) => {
      const stats = await file.stat({ bigint: true })
      return new FolderReading(path, versionOf(stats), Number(stats.size), growing)
    })
  }

  border(): null {
    return null
  }

  async *read(from: number, to: number, signal: AbortSignal): AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined> {
    if (signal.aborted) throw cancelled()
    const file = await openFile(this.path)
    try {
      const end = Math.min(to, this.length)
      for (let at = from; at < end; at += CHUNK) {
        if (signal.aborted) throw cancelled()
        yield await this.chunk(file, at, Math.min(end, at + CHUNK))
      }
    } finally {
      await file.close()
    }
  }

  async mark(end: number, signal: AbortSignal): Promise<string | null> {
    return this.growing && end <= this.length ? `sha256:${await this.digest(end, signal)}` : null
  }

  async continues(mark: string, end: number, signal: AbortSignal): Promise<boolean> {
    return (await this.mark(end, signal)) === mark
  }

  private async chunk(file: FileHandle, from: number, to: number): Promise<Uint8Array<ArrayBuffer>> {
    const chunk = new Uint8Array(to - from)
    try {
      for (let filled = 0; filled < chunk.length; ) {
        const { bytesRead } = await file.read(chunk, filled, chunk.length - filled, from + filled)
        if (bytesRead === 0) throw this.changed()
        filled += bytesRead
      }
      if (versionOf(await file.stat({ bigint: true })) !== this.etag) throw this.changed()
    } catch (error) {
      throw folderProblem(this.path, error)
    }
    return chunk
  }

  private async digest(end: number, signal: AbortSignal): Promise<string> {
    const hash = createHash('sha256')
    for await (const chunk of this.read(0, end, signal)) hash.update(chunk)
    return hash.digest('hex')
  }

  private changed(): Problem {
    return new Problem('changed', `${this.path} changed while it was being read`, { where: this.path })
  }
}

async function openFile(path: string): Promise<FileHandle> {
  try {
    if ((await realpath(path)) !== path) {
      throw new Problem('denied', `${path} is reached through a link and is not read`, { where: path })
    }
    const file = await open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK)
    if ((await file.stat()).isFile()) return file
    await file.close()
    throw new Problem('source', `${path} is no regular file and is not read`, { where: path })
  } catch (error) {
    throw folderProblem(path, error)
  }
}

async function withFile<T>(path: string, use: (file: FileHandle) => Promise<T>): Promise<T> {
  const file = await openFile(path)
  try {
    return await use(file)
  } catch (error) {
    throw folderProblem(path, error)
  } finally {
    await file.close()
  }
}
