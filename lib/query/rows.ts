import { formatAddress } from '@/lib/flow/address'
import type { TupleRow } from '@/lib/flow/answers'
import { ACTIONS, DIRECTIONS, type Format, tupleId } from '@/lib/flow/tuple'
import { sql } from '@/lib/store/sql'
import { instant, protoWord, stateWord } from './words'

/** A tuple and its group as the engine gives them. */
export interface StoredRow {
  time: number
  record_time: number
  src: bigint
  dst: bigint
  sport: number
  dport: number
  proto: number
  dir: number
  action: number
  state: number
  packets_sent: number | null
  bytes_sent: number | null
  packets_received: number | null
  bytes_received: number | null
  blob: number
  pos: number
  group_log: string
  group_mac: string
  group_format: Format
  group_acl: string
  group_rule: string
  group_enc: string | null
  group_proto: string | null
  group_state: string | null
}

export const TUPLE_COLUMNS = sql`time, record_time, src, dst, sport, dport, proto, dir, action, state,
  packets_sent, bytes_sent, packets_received, bytes_received, grp, blob, pos`

/** A row in the words of the API. */
export function toTupleRow(row: StoredRow): TupleRow {
  return {
    id: tupleId(row.blob, row.pos),
    time: instant(row.time),
    recordTime: instant(row.record_time),
    src: formatAddress(row.src),
    dst: formatAddress(row.dst),
    sport: row.sport,
    dport: row.dport,
    proto: protoWord(row.proto, row.group_proto),
    dir: DIRECTIONS[row.dir]!,
    action: ACTIONS[row.action]!,
    state: stateWord(row.state, row.group_state),
    enc: row.group_enc,
    packetsSent: row.packets_sent,
    bytesSent: row.bytes_sent,
    packetsReceived: row.packets_received,
    bytesReceived: row.bytes_received,
    rule: row.group_rule,
    acl: row.group_acl,
    mac: row.group_mac,
    log: row.group_log,
    format: row.group_format,
  }
}
