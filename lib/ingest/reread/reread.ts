import type { BlobState } from '@/lib/flow/reading/blob'
import type { Reading } from '@/lib/source/model/source'
import type { StoredRow } from '@/lib/store/row'
import { bytesAt, recordAt, rowsOf, textAt, USUAL_RECORD } from './record-rows'

/** Position of a counted row: the first byte of its line and of its record. */
export interface LineOffsets {
  pos: number
  recordPos: number
}

/** The present content at a position: the row, or null if no tuple begins there, and the text. */
export interface Reread {
  row: StoredRow | null
  line: string | null
}

/** Records at most this far apart are read in one request. Bytes. */
const GAP = 128 * 1024
/** Maximum number of bytes of one request, except for a single longer record. */
const MOST = 4 * 1024 * 1024
/** A tuple's text is at most 1 KiB, one character of UTF-8 at most 4 bytes. */
const LINE_BYTES = 4096

interface Record {
  at: number
  /** Bytes [at, end) contain its lines, and nearly always the whole record. */
  end: number
  wanted: Set<number>
}

interface Stretch {
  from: number
  to: number
  records: Record[]
}

/** Groups the records of these places into as few ranges as their distance allows, by first byte. */
function stretchesOf(places: readonly LineOffsets[]): Stretch[] {
  const records = new Map<number, Record>()
  for (const { pos, recordPos: at } of places) {
    const record = records.get(at) ?? { at, end: at + USUAL_RECORD, wanted: new Set<number>() }
    record.end = Math.max(record.end, pos + LINE_BYTES)
    record.wanted.add(pos)
    records.set(at, record)
  }
  const stretches: Stretch[] = []
  for (const record of [...records.values()].sort((a, b) => a.at - b.at)) {
    const last = stretches.at(-1)
    if (last && record.at - last.to <= GAP && record.end - last.from <= MOST) {
      last.to = Math.max(last.to, record.end)
      last.records.push(record)
    } else stretches.push({ from: record.at, to: record.end, records: [record] })
  }
  return stretches
}

/** Reads rows of one blob again, each with the record around it, by the first byte of its line. */
export async function reread(
  reading: Reading,
  state: BlobState,
  places: readonly LineOffsets[],
  signal: AbortSignal,
): Promise<Map<number, Reread>> {
  const found = new Map<number, Reread>()
  for (const { from, to, records } of stretchesOf(places)) {
    const bytes = await bytesAt(reading, from, to, signal)
    for (const { at, wanted } of records) {
      const record = await recordAt(reading, at, bytes.subarray(at - from), signal)
      const rows = record === null ? null : rowsOf(state, at, record, wanted)
      for (const pos of wanted)
        found.set(pos, { row: rows?.get(pos) ?? null, line: record ? textAt(record, pos - at) : textAt(bytes, pos - from) })
    }
  }
  return found
}
