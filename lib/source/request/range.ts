import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import { Problem } from '@/lib/flow/problem'
import { onAbort } from '@/lib/source/wait/on-abort'
import { Cut } from './cut'
import { type Get, RefusedGet } from './get'
import { count } from './tally'

/** A blob of a container; `subject` is its URL without the query. */
export interface BlobPlace {
  get: Get
  name: string
  subject: string
}

/** Bytes [from, to) of one version of a blob. */
export interface ByteRange {
  etag: string
  from: number
  to: number
}

/**
 * Reads a range with one GET, in one attempt.
 * @throws Cut if `stall` milliseconds pass without a byte, or if the body is shorter or longer than the range
 */
export async function readRange(
  { get, name, subject }: BlobPlace,
  { etag, from, to }: ByteRange,
  stall: number,
  signal: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>> {
  const stop = new AbortController()
  const release = onAbort(signal, () => stop.abort())
  let stalled = false
  const timer = setTimeout(() => {
    stalled = true
    stop.abort()
  }, stall)
  try {
    const response = await get(name, { ...bytesOf(from, to), 'if-match': etag }, stop.signal)
    return await drain(response, subject, to - from, () => timer.refresh())
  } catch (error) {
    throw stalled ? new Cut(`sent no byte for ${stall / 1000} s`) : error
  } finally {
    clearTimeout(timer)
    release()
  }
}

/** Reads the first byte of a blob, whatever its version. An empty blob counts as readable: its response, 416, comes after the check of rights. */
export async function readByte({ get, name }: BlobPlace, signal: AbortSignal): Promise<void> {
  try {
    for await (const _ of await get(name, bytesOf(0, 1), signal));
  } catch (error) {
    if (!(error instanceof RefusedGet) || error.statusCode !== 416) throw error
  }
}

function bytesOf(from: number, to: number): { 'x-ms-range': string } {
  return { 'x-ms-range': `bytes=${from}-${to - 1}` }
}

async function drain(response: IncomingMessage, subject: string, length: number, progress: () => void): Promise<Uint8Array<ArrayBuffer>> {
  try {
    refuseCompressed(subject, response.headers)
    const bytes = new Uint8Array(length)
    const announced = response.headers['content-length'] ?? 'an unknown number of'
    if (announced !== String(length)) throw new Cut(`announced ${announced} bytes instead of ${length}`)
    const filled = await fill(bytes, response, progress)
    count('bytes', filled)
    if (filled !== bytes.length) throw new Cut(`sent ${filled} bytes instead of ${bytes.length}`)
    return bytes
  } finally {
    response.destroy()
  }
}

/** Returns the number of bytes that arrived. */
function fill(bytes: Uint8Array, response: IncomingMessage, progress: () => void): Promise<number> {
  return new Promise((resolve, reject) => {
    let filled = 0
    response.on('data', (piece: Buffer) => {
      progress()
      if (filled + piece.length > bytes.length) {
        response.destroy(new Cut(`sent more than the ${bytes.length} bytes asked for`))
        return
      }
      bytes.set(piece, filled)
      filled += piece.length
    })
    response.once('error', reject)
    response.once('end', () => resolve(filled))
  })
}

/** Azure writes `compressiontype=none` into the metadata of flow logs. Gzip is detected by its bytes, which arrive as stored. */
function refuseCompressed(subject: string, headers: IncomingHttpHeaders): void {
  const encoding = headers['content-encoding'] || headers['x-ms-meta-compressiontype']?.toString() || 'none'
  if (/^(none|identity|gzip|x-gzip)$/i.test(encoding)) return
  throw new Problem('source', `${subject} is stored compressed (${encoding.slice(0, 20)}) and is not read`, { where: subject })
}
