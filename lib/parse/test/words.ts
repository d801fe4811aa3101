import { formatAddress } from '@/lib/flow/address/address'
import { addressAt, type Columns } from '@/lib/flow/tuple/columns'
import { ACTIONS, DIRECTIONS, type FlowGroup, PROTO_OTHER, STATE_OTHER, STATES } from '@/lib/flow/tuple/tuple'
import type { NaiveRow } from './naive-reader'

/** Returns the scanner's rows in the words of the naive reader. */
export function rowsInWords(columns: Columns, groups: ReadonlyMap<number, FlowGroup>): NaiveRow[] {
  const measured = (value: number): number | null => (value === -1 ? null : value)
  return Array.from({ length: columns.length }, (_, i) => {
    const group = groups.get(columns.group[i]!)
    if (group === undefined) throw new Error(`row ${i} names group ${columns.group[i]}, which was never met`)
    const { source, log, logName, mac, format, acl, rule, enc } = group
    const proto = columns.proto[i]!
    const state = columns.state[i]!
    if ((proto === PROTO_OTHER) !== (group.proto !== null) || (state === STATE_OTHER) !== (group.state !== null))
      throw new Error(`row ${i} and its group disagree about a token`)
    return {
      time: columns.time[i]!,
      recordTime: columns.recordTime[i]!,
      src: formatAddress(addressAt(columns, 'src', i)),
      dst: formatAddress(addressAt(columns, 'dst', i)),
      sport: columns.sport[i]!,
      dport: columns.dport[i]!,
      proto: proto === PROTO_OTHER ? `other ${group.proto}` : String(proto),
      dir: DIRECTIONS[columns.dir[i]!]!,
      action: ACTIONS[columns.action[i]!]!,
      state: state === STATE_OTHER ? `other ${group.state}` : STATES[state]!,
      packetsSent: measured(columns.packetsSent[i]!),
      bytesSent: measured(columns.bytesSent[i]!),
      packetsReceived: measured(columns.packetsReceived[i]!),
      bytesReceived: measured(columns.bytesReceived[i]!),
      source,
      log,
      logName,
      mac,
      format,
      acl,
      rule,
      enc,
      blob: columns.blob[i]!,
      hour: columns.hour[i]!,
      offset: columns.offset[i]!,
      recordOffset: columns.recordOffset[i]!,
    }
  })
}
