import type { Readable } from 'node:stream'
import { type BlobClient, type BlobDownloadResponseParsed, RestError } from '@azure/storage-blob'
import { Problem } from '@/lib/flow/problem'
import { onAbort } from '@/lib/source/wait/on-abort'
import { Cut } from './cut'
import { count } from './tally'

/** Bytes [from, to) of one version of a blob; `subject` is its URL without the query. */
export interface ByteRange {
  subject: string
  etag: string
  from: number
  to: number
}

/**
 * Reads a range with one GET, in one attempt.
 * @throws Cut if `stall` milliseconds pass without a byte, or if the body is shorter or longer than the range
 */
export async function readRange(
  client: BlobClient,
  range: ByteRange,
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
    const response = await client.download(range.from, range.to - range.from, {
      conditions: { ifMatch: range.etag },
      abortSignal: stop.signal,
      maxRetryRequests: 0,
    })
    return await drain(response, range, stop.signal, () => timer.refresh())
  } catch (error) {
    throw stalled ? new Cut(`sent no byte for ${stall / 1000} s`) : error
  } finally {
    clearTimeout(timer)
    release()
  }
}

/** Reads the first byte of a blob, whatever its version. An empty blob counts as readable: its response, 416, comes after the check of rights. */
export async function readByte(client: BlobClient, signal: AbortSignal): Promise<void> {
  try {
    const { readableStreamBody } = await client.download(0, 1, { abortSignal: signal, maxRetryRequests: 0 })
    for await (const _ of readableStreamBody as Readable);
  } catch (error) {
    if (!(error instanceof RestError) || error.statusCode !== 416) throw error
  }
}

async function drain(
  response: BlobDownloadResponseParsed,
  { subject, from, to }: ByteRange,
  signal: AbortSignal,
  progress: () => void,
): Promise<Uint8Array<ArrayBuffer>> {
  const stream = response.readableStreamBody as Readable
  stream.on('error', () => {})
  const release = onAbort(signal, () => stream.destroy(new Cut('was given up')))
  try {
    refuseCompressed(subject, response)
    const bytes = new Uint8Array(to - from)
    if (response.contentLength !== bytes.length) throw new Cut(`announced ${response.contentLength} bytes instead of ${bytes.length}`)
    let filled = 0
    for await (const piece of stream as AsyncIterable<Buffer>) {
      progress()
      if (filled + piece.length > bytes.length) throw new Cut(`sent more than the ${bytes.length} bytes asked for`)
      bytes.set(piece, filled)
      filled += piece.length
    }
    count('bytes', filled)
    if (filled !== bytes.length) throw new Cut(`sent ${filled} bytes instead of ${bytes.length}`)
    return bytes
  } finally {
    release()
    stream.destroy()
  }
}

/** Azure writes `compressiontype=none` into the metadata of flow logs. Gzip is detected by its bytes, which arrive as stored. */
function refuseCompressed(subject: string, { contentEncoding, metadata }: BlobDownloadResponseParsed): void {
  const encoding = contentEncoding || metadata?.compressiontype || 'none'
  if (/^(none|identity|gzip|x-gzip)$/i.test(encoding)) return
  throw new Problem('source', `${subject} is stored compressed (${encoding.slice(0, 20)}) and is not read`, { where: subject })
}
