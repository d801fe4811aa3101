import type { BlobState } from '@/lib/flow/blob'
import { type Columns, createColumns } from '@/lib/flow/columns'
import type { FlowGroup } from '@/lib/flow/tuple'
import { Extent } from '@/lib/parse/extent'
import { LONGEST_RECORD } from '@/lib/parse/record'
import { Scanner } from '@/lib/parse/scanner'
import type { Reading } from '@/lib/source/source'

/** A record of Azure's is at most about 32 KB. */
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
  const extent = new Extent()
  extent.start(0)
  const end = extent.run(bytes, 0, bytes.length)
  return extent.ended ? end : -1
}

/**
 * The record that begins at byte `at`, or null when none does. `read` holds bytes from there on that have been read already; the rest is read from the
 * source.
 */
export async function recordAt(reading: Reading, at: number, read: Uint8Array, signal: AbortSignal): Promise<Uint8Array | null> {
  for (let bytes = read; ; ) {
    if (bytes.length > 0 && bytes[0] !== OPEN) return null
    const end = objectEnd(bytes)
    if (end >= 0) return bytes.subarray(0, end)
    if (at + bytes.length >= reading.length || bytes.length > LONGEST_RECORD) return null
    bytes = await bytesAt(reading, at, at + Math.max(USUAL_RECORD, bytes.length * 4), signal)
  }
}

/** The JSON string whose first byte, behind its quote, is `bytes[at]`, as written; null when none begins there. */
export function textAt(bytes: Uint8Array, at: number): string | null {
  if (bytes[at - 1] !== QUOTE) return null
  for (let i = at; i < bytes.length; i++) {
    if (bytes[i] === BACKSLASH) i++
    else if (bytes[i] === QUOTE) return Buffer.from(bytes.subarray(at, i)).toString('utf8')
  }
  return null
}

function address(hi: Uint32Array, lo: Uint32Array, row: number): bigint {
  const words = [hi[row * 2 + 1]!, hi[row * 2]!, lo[row * 2 + 1]!, lo[row * 2]!]
  return words.reduce((value, word) => (value << 32n) | BigInt(word), 0n)
}

/** A counter as stored. */
function counter(value: number): number | null {
  return value < 0 ? null : value
}

/** A row of `columns` as it would stand in the tables `tuples` and `groups` of the store. */
function rowOf(columns: Columns, i: number, group: FlowGroup) {
  return {
    time: columns.time[i]!,
    record_time: columns.recordTime[i]!,
    src: address(columns.srcHi, columns.srcLo, i),
    dst: address(columns.dstHi, columns.dstLo, i),
    sport: columns.sport[i]!,
    dport: columns.dport[i]!,
    proto: columns.proto[i]!,
    dir: columns.dir[i]!,
    action: columns.action[i]!,
    state: columns.state[i]!,
    packets_sent: counter(columns.packetsSent[i]!),
    bytes_sent: counter(columns.bytesSent[i]!),
    packets_received: counter(columns.packetsReceived[i]!),
    bytes_received: counter(columns.bytesReceived[i]!),
    blob: columns.blob[i]!,
    pos: columns.offset[i]!,
    group_log: group.log,
    group_mac: group.mac,
    group_format: group.format,
    group_acl: group.acl,
    group_rule: group.rule,
    group_enc: group.enc,
    group_proto: group.proto,
    group_state: group.state,
  }
}

export type ReadRow = ReturnType<typeof rowOf>

/** Rows of the record that begins at byte `at` of a blob, those at the bytes `wanted`, by that byte: read by the parser that counted them. */
export function rowsOf(state: BlobState, at: number, record: Uint8Array, wanted: ReadonlySet<number>): Map<number, ReadRow> {
  const columns = createColumns(256)
  const groups = new Map<number, FlowGroup>()
  const { id: blob, source, scope, hour, mac } = state
  const scanner = new Scanner({ blob, source, scope, hour, mac, offset: at }, columns, groups)
  scanner.push(record)
  scanner.finish()
  const rows = new Map<number, ReadRow>()
  for (let i = 0; i < columns.length; i++) {
    const pos = columns.offset[i]!
    if (columns.recordOffset[i] === at && wanted.has(pos)) rows.set(pos, rowOf(columns, i, groups.get(columns.group[i]!)!))
  }
  return rows
}
