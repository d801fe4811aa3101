import { formatAddress } from '@/lib/flow/address/address'
import type { TupleRow } from '@/lib/flow/answer/tuples/tuples'
import { ACTIONS, DIRECTIONS, tupleId } from '@/lib/flow/tuple/tuple'
import { ROW_COLUMNS, type StoredRow } from '@/lib/store/row'
import { Sql } from '@/lib/store/sql'
import { codeWord } from './codes'
import { instant } from './words'

/** The columns of `tuples` in a StoredRow. */
export const ROW_NAMES = Sql.of([ROW_COLUMNS.map(({ stored }) => stored).join(', ')], [])

/** Returns a row in the words of the API. Written out in full, because an export makes millions of them. */
export function toTupleRow(row: StoredRow): TupleRow {
  return {
    id: tupleId(row.blob, row.pos),
    time: instant(row.time),
    recordTime: instant(row.record_time),
    src: formatAddress(row.src),
    dst: formatAddress(row.dst),
    sport: row.sport,
    dport: row.dport,
    proto: codeWord('proto', row.proto, row.group_proto) ?? '',
    dir: DIRECTIONS[row.dir]!,
    action: ACTIONS[row.action]!,
    state: codeWord('state', row.state, row.group_state),
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
