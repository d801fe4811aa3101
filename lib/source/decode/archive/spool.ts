import { close, closeSync, open, read, write } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { Problem } from '@/lib/flow/problem'
import { rechunk, type Stream } from '@/lib/source/decode/bytes/stream'
import type { RandomAccess } from './tar'

const CHUNK = 1024 * 1024
const [openFile, closeFile, readFile, writeFile] = [promisify(open), promisify(close), promisify(read), promisify(write)]

/** Closes the descriptors of spools that are no longer referenced. */
const closing = new FinalizationRegistry(closeSync)

/**
 * Plain bytes of a packed archive in a temporary file without a name: the system frees its space once nothing refers to it, however the process ends. Bytes
 * before a failure are kept.
 */
export class Spool implements RandomAccess {
  private constructor(
    private readonly file: number,
    readonly length: number,
    /** The reason why the spool is incomplete, or null. */
    readonly failure: Problem | null,
  ) {
    closing.register(this, file)
  }

  static async of(stream: Stream): Promise<Spool> {
    const file = await nameless()
    let length = 0
    try {
      for await (const chunk of rechunk(stream)) {
        for (let at = 0; at < chunk.length; ) at += (await writeFile(file, chunk, at, chunk.length - at, length + at)).bytesWritten
        length += chunk.length
      }
      return new Spool(file, length, null)
    } catch (error) {
      if (error instanceof Problem && error.kind === 'source') return new Spool(file, length, error)
      await closeFile(file)
      throw unwritable(error)
    }
  }

  async *read(from: number, to: number, signal: AbortSignal): AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined> {
    const end = Math.min(to, this.length)
    for (let at = from; at < end; at += CHUNK) {
      if (signal.aborted) throw new Problem('cancelled', 'The read was cancelled')
      const chunk = new Uint8Array(Math.min(CHUNK, end - at))
      for (let filled = 0; filled < chunk.length; ) {
        const { bytesRead } = await readFile(this.file, chunk, filled, chunk.length - filled, at + filled)
        if (bytesRead === 0) throw new Problem('source', 'A temporary file is shorter than it was written')
        filled += bytesRead
      }
      yield chunk
    }
  }
}

async function nameless(): Promise<number> {
  try {
    const folder = await mkdtemp(join(tmpdir(), 'flowlens-'))
    try {
      return await openFile(join(folder, 'plain'), 'wx+', 0o600)
    } finally {
      await rm(folder, { recursive: true })
    }
  } catch (error) {
    throw unwritable(error)
  }
}

function unwritable(error: unknown): unknown {
  if (error instanceof Problem) return error
  return new Problem('source', `A packed archive needs room in ${tmpdir()} to be unpacked to, which could not be written`, { cause: error })
}
