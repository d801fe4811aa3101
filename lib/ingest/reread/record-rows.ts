import type { BlobState } from '@/lib/flow/reading/blob'
import { createColumns } from '@/lib/flow/tuple/columns'
import type { FlowGroup } from '@/lib/flow/tuple/tuple'
import { ObjectEnd } from '@/lib/parse/json/extent'
import { LONGEST_RECORD } from '@/lib/parse/record/record'
import { Scanner } from '@/lib/parse/scanner'
import type { Reading } from '@/lib/source/model/source'
import { rowAt, type StoredRow } from '@/lib/store/row'

/** Records that Azure writes have at most about 32 KB. */
export const USUAL_RECORD = 48 * 1024
const QUOTE = 0x22
const BACKSLASH = 0x5c
const OPEN = 0x7b

export async function bytesAt(reading: Reading, from: number, to: number, signal: AbortSignal): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  if (from < reading.length) for await (const chunk of reading.read(from, Math.min(to, reading.length), signal)) parts.push(chunk)
  return parts.length === 1 ? parts[0]! : Buffer.concat(parts)
}

/** Index after the brace that closes the object at 0, or -1. */
function objectEnd(bytes: Uint8Array): number {
  const extent = new ObjectEnd()
  extent.start(0)
  const end = extent.run(bytes, 0, bytes.length)
  return extent.ended ? end : -1
}

/** Returns the record that begins at byte `at`, or null. `read` holds bytes from there on that are already in memory; the rest is read from the source. */
export async function recordAt(reading: Reading, at: number, read: Uint8Array, signal: AbortSignal): Promise<Uint8Array | null> {
  for (let bytes = read; ; ) {
    if (bytes.length > 0 && bytes[0] !== OPEN) return null
    const end = objectEnd(bytes)
    if (end >= 0) return bytes.subarray(0, end)
    if (at + bytes.length >= reading.length || bytes.length > LONGEST_RECORD) return null
    bytes = await bytesAt(reading, at, at + Math.max(USUAL_RECORD, bytes.length * 4), signal)
  }
}

/** Counts the backslashes directly before `bytes[at]`, from `from` on: quotes of a document within a string have 1, one level deeper 3. */
function escapesBefore(bytes: Uint8Array, at: number, from: number): number {
  let p = at
  while (p > from && bytes[p - 1] === BACKSLASH) p--
  return at - p
}

/** Returns the JSON string, as written, whose first byte after its quote is `bytes[at]`; null if none begins there. */
export function textAt(bytes: Uint8Array, at: number): string | null {
  if (bytes[at - 1] !== QUOTE) return null
  const depth = escapesBefore(bytes, at - 1, 0)
  for (let i = bytes.indexOf(QUOTE, at); i >= 0; i = bytes.indexOf(QUOTE, i + 1)) {
    if (escapesBefore(bytes, i, at) % ((depth + 1) * 2) !== depth) continue
    return Buffer.from(bytes.subarray(at, i - depth)).toString('utf8')
  }
  return null
}

/** Parses the record that begins at byte `at` of a blob with the usual parser. Returns its rows at the bytes `wanted`, by byte. */
export function rowsOf(state: BlobState, at: number, record: Uint8Array, wanted: ReadonlySet<number>): Map<number, StoredRow> {
  const columns = createColumns(256)
  const groups = new Map<number, FlowGroup>()
  const { id: blob, source, scope, hour, mac } = state
  const scanner = new Scanner({ blob, source, scope, hour, mac, offset: at }, columns, groups)
  scanner.push(record)
  scanner.finish()
  const rows = new Map<number, StoredRow>()
  for (let i = 0; i < columns.length; i++) {
    const pos = columns.offset[i]!
    if (columns.recordOffset[i] === at && wanted.has(pos)) rows.set(pos, rowAt(columns, i, groups.get(columns.group[i]!)!))
  }
  return rows
}
