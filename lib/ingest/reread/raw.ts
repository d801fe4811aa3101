import type { Fate } from '@/lib/flow/field/verdict'
import { Problem } from '@/lib/flow/problem'
import type { BlobState } from '@/lib/flow/reading/blob'
import type { Piece } from '@/lib/flow/reading/piece'
import type { Reading, Source } from '@/lib/source/model/source'
import type { StoredRow } from '@/lib/store/row'
import { sql } from '@/lib/store/sql'
import type { Store } from '@/lib/store/store'
import { fateOf } from './fate'
import { bytesAt, recordAt, rowsOf, textAt } from './record-rows'

/** A tuple's text is at most 1 KiB, one character of UTF-8 at most 4 bytes; this includes both quotes. */
const LINE_BYTES = 4096
/** Longest record whose text is returned; of a longer one only the place is. */
const RECORD_BYTES = 256 * 1024

export interface RawTuple {
  /** The text at the tuple's byte now, or null. */
  line: string | null
  source: string
  container: string
  blob: string
  etag: string
  /** Null when the blob is gone. */
  etagNow: string | null
  offset: number
  length: number
  record: { offset: number; length: number; text: string | null }
  fate: Fate
  /** The tuple that begins there now, or null. */
  now: StoredRow | null
}

type Found = Pick<RawTuple, 'line' | 'etagNow' | 'fate' | 'now'> & { record: Uint8Array | null }

const GONE: Found = { line: null, etagNow: null, fate: 'gone', now: null, record: null }

async function find(reading: Reading, state: BlobState, at: number, recordAtByte: number, pieces: readonly Piece[], signal: AbortSignal) {
  const record = await recordAt(reading, recordAtByte, new Uint8Array(), signal)
  const line = record
    ? textAt(record, at - recordAtByte)
    : textAt(await bytesAt(reading, Math.max(0, at - 1), at + LINE_BYTES, signal), Math.min(at, 1))
  const now = record && (rowsOf(state, recordAtByte, record, new Set([at])).get(at) ?? null)
  return { line, now, record, etagNow: reading.etag, fate: await fateOf(reading, state, pieces, signal) }
}

/**
 * Reads a tuple again from its source, as written, with the record around it, and says what happened to its blob. `pieces` are the blob's.
 * @throws Problem `absent` when the tuple is not stored, and whatever the source throws, except for a missing blob.
 */
export async function readRaw(
  store: Store,
  sources: readonly Source[],
  id: { blob: number; offset: number },
  pieces: readonly Piece[],
  signal: AbortSignal,
): Promise<RawTuple> {
  const state = store.blobs().get(id.blob)
  const [row] = await store.query<{ record_pos: number }>(
    sql`select record_pos from tuples where blob = ${id.blob} and pos = ${id.offset} limit 1`,
    signal,
  )
  const source = sources.find((one) => one.id === state?.source)
  if (!state || !row || !source) throw new Problem('absent', 'Tuple is not among what has been read: open its range first')
  const { record, ...found } = await source
    .open(state, { growing: true, signal })
    .then((reading) => find(reading, state, id.offset, row.record_pos, pieces, signal))
    .catch((error: unknown) => {
      if (error instanceof Problem && error.kind === 'absent') return GONE
      throw error
    })
  const { name: blob, container, etag } = state
  const text = record === null || record.length > RECORD_BYTES ? null : Buffer.from(record).toString('utf8')
  return {
    ...found,
    source: source.name,
    container,
    blob,
    etag,
    offset: id.offset,
    length: found.line === null ? 0 : Buffer.byteLength(found.line),
    record: { offset: row.record_pos, length: record?.length ?? 0, text },
  }
}
