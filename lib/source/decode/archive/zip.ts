import { Readable } from 'node:stream'
import { crc32 } from 'node:zlib'
import { fromRandomAccessReaderPromise, RandomAccessReader, type Entry as ZipEntry, type ZipFile } from 'yauzl'
import { Problem } from '@/lib/flow/problem'
import { type DecodeBounds, holdTo } from '@/lib/source/decode/bytes/bounds'
import { Feed } from '@/lib/source/decode/bytes/feed'
import { inflate } from '@/lib/source/decode/bytes/inflate'
import { rechunk, type Stream, slice } from '@/lib/source/decode/bytes/stream'
import type { RandomAccess, TarEntry } from './tar'

const STORED = 0
const DEFLATED = 8
const never = new AbortController().signal

class Reader extends RandomAccessReader {
  constructor(private readonly zip: RandomAccess) {
    super()
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from(this.zip.read(start, end, never), { objectMode: false })
  }
}

/**
 * Returns the files of a zip archive (PKWARE APPNOTE) by its central directory. Calls `report` for each part that cannot be read: files that are encrypted or
 * compressed by a method other than deflate, and the rest after damage to the directory.
 */
export async function zipEntries(
  name: string,
  zip: RandomAccess,
  bounds: DecodeBounds,
  report: (problem: Problem) => void,
): Promise<TarEntry[]> {
  const fail = (what: string) => report(new Problem('source', `${name} ${what}`, { where: name }))
  const entries: TarEntry[] = []
  let file: ZipFile
  try {
    const options = { lazyEntries: true, autoClose: false, decodeStrings: false, validateEntrySizes: false } as const
    file = await fromRandomAccessReaderPromise(new Reader(zip), zip.length, options)
  } catch (error) {
    fail(`is a zip archive that is cut or damaged and is not read: ${wordOf(error)}`)
    return entries
  }
  let total = 0
  try {
    for await (const entry of file.eachEntry()) {
      const path = nameOf(entry)
      if (path.endsWith('/')) continue
      total += entry.uncompressedSize
      holdTo(bounds, name, zip.length, total)
      if (entries.length >= bounds.entries) {
        fail(`holds more than ${bounds.entries} files: the rest is not read`)
        break
      }
      if (entry.generalPurposeBitFlag & 1) fail(`: ${path} is encrypted and is not read`)
      else if (entry.compressionMethod !== STORED && entry.compressionMethod !== DEFLATED)
        fail(`: ${path} is packed by method ${entry.compressionMethod} and is not read`)
      else
        entries.push({
          path,
          size: entry.uncompressedSize,
          packed: entry.compressedSize,
          open: (from, to, signal) => slice(rechunk(contents(name, path, file, entry, bounds, signal)), from, to),
        })
    }
  } catch (error) {
    fail(error instanceof Problem ? error.message.slice(name.length + 1) : `is damaged behind ${entries.length} files: ${wordOf(error)}`)
  }
  return entries
}

function wordOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/** Decodes valid UTF-8 as such, whatever the flag says; other names byte by byte. */
function nameOf(entry: ZipEntry): string {
  const bytes = entry.fileName as unknown as Buffer
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes).replaceAll('\\', '/')
  } catch {
    return bytes.toString('latin1').replaceAll('\\', '/')
  }
}

async function* contents(
  name: string,
  path: string,
  file: ZipFile,
  entry: ZipEntry,
  bounds: DecodeBounds,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array, void, undefined> {
  const damaged = (what: string) => new Problem('source', `${name}: ${path} is cut or damaged: ${what}`, { where: name })
  const raw = await file.openReadStreamPromise(entry, { decodeFileData: false }).catch((error: unknown) => {
    throw error instanceof Problem ? error : damaged(wordOf(error))
  })
  let given = 0
  let check = 0
  const feed = new Feed(raw as unknown as Stream)
  const plain = entry.compressionMethod === DEFLATED ? inflate(feed) : copy(feed)
  try {
    for (;;) {
      if (signal.aborted) throw new Problem('cancelled', 'The read was cancelled')
      const { value, done } = await plain.next()
      if (done === true) {
        if (value === 'whole' && check === entry.crc32 && given === entry.uncompressedSize) return
        throw damaged(
          `its first ${given} bytes of ${entry.uncompressedSize} are read${value === 'whole' && check !== entry.crc32 ? ', but their check sum differs' : ''}`,
        )
      }
      given += value.length
      check = crc32(value, check)
      holdTo(bounds, `${name}: ${path}`, feed.taken, given)
      yield value
    }
  } catch (error) {
    throw error instanceof Problem ? error : damaged(wordOf(error))
  } finally {
    raw.destroy()
  }
}

async function* copy(feed: Feed): AsyncGenerator<Uint8Array, 'whole', undefined> {
  for (let part = await feed.some(65_536); part !== null; part = await feed.some(65_536)) yield part
  return 'whole'
}
