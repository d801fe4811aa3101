import { Problem } from '@/lib/flow/problem'
import type { Reading, Source } from '@/lib/source/source'
import { sql } from '@/lib/store/sql'
import type { Store } from '@/lib/store/store'

/** A tuple's text is at most 1 KiB and one character of UTF-8 at most 4 bytes; its closing quote lies within. */
const LINE_BYTES = 4096
/** A record of Azure's is at most about 32 KB. Longer ones are given by place only. */
const RECORD_BYTES = 256 * 1024
const QUOTE = 0x22
const BACKSLASH = 0x5c
const OPEN = 0x7b
const CLOSE = 0x7d

export interface RawTuple {
  line: string
  source: string
  container: string
  blob: string
  etag: string
  etagNow: string
  offset: number
  length: number
  record: { offset: number; length: number; text: string | null }
}

async function bytesAt(reading: Reading, from: number, to: number, signal: AbortSignal): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  for await (const chunk of reading.read(from, Math.min(to, reading.length), signal)) parts.push(chunk)
  return Buffer.concat(parts)
}

function stringEnd(bytes: Uint8Array): number {
  for (let i = 0; i < bytes.length; i++) {
    if (bytes[i] === BACKSLASH) i++
    else if (bytes[i] === QUOTE) return i
  }
  return -1
}

/** Index after the brace that closes the object at 0, or -1. */
function objectEnd(bytes: Uint8Array): number {
  let depth = 0
  let quoted = false
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i]
    if (quoted) {
      if (byte === BACKSLASH) i++
      else if (byte === QUOTE) quoted = false
    } else if (byte === QUOTE) quoted = true
    else if (byte === OPEN) depth++
    else if (byte === CLOSE && --depth === 0) return i + 1
  }
  return -1
}

/**
 * Reads a tuple again from its source, as written, with the record around it.
 * @throws Problem `absent` when the tuple or its blob is not there any more, and whatever the source throws.
 */
export async function readRaw(
  store: Store,
  sources: readonly Source[],
  id: { blob: number; offset: number },
  signal: AbortSignal,
): Promise<RawTuple> {
  const state = store.blobs().get(id.blob)
  const [row] = await store.query<{ record_pos: number }>(
    sql`select record_pos from tuples where blob = ${id.blob} and pos = ${id.offset} limit 1`,
    signal,
  )
  const source = sources.find((one) => one.id === state?.source)
  if (!state || !row || !source) throw new Problem('absent', 'Tuple is not among what has been read: open its range first')
  const reading = await source.open(state, { growing: true, signal })
  if (id.offset >= reading.length)
    throw new Problem('absent', `${state.name} is now only ${reading.length} bytes long`, { where: state.name })
  const text = await bytesAt(reading, id.offset, id.offset + LINE_BYTES, signal)
  const length = stringEnd(text)
  if (length < 0) throw new Problem('absent', `${state.name} holds no tuple at byte ${id.offset} any more`, { where: state.name })
  const record = await bytesAt(reading, row.record_pos, row.record_pos + RECORD_BYTES, signal)
  const end = objectEnd(record)
  return {
    line: Buffer.from(text.subarray(0, length)).toString('utf8'),
    source: source.name,
    container: state.container,
    blob: state.name,
    etag: state.etag,
    etagNow: reading.etag,
    offset: id.offset,
    length,
    record: {
      offset: row.record_pos,
      length: Math.max(0, end),
      text: end < 0 ? null : Buffer.from(record.subarray(0, end)).toString('utf8'),
    },
  }
}
