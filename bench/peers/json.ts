import { parseAddress } from '@/lib/flow/address/address'
import { type Columns, reserve } from '@/lib/flow/tuple/columns'
import { ALLOW, DENY, IN, OUT, STATE_BEGIN, STATE_CONTINUE, STATE_DENY, STATE_END } from '@/lib/flow/tuple/tuple'

interface NsgRecord {
  time: string
  category: 'NetworkSecurityGroupFlowEvent'
  resourceId: string
  macAddress: string
  properties: { flows: { rule: string; flows: { mac: string; flowTuples: string[] }[] }[] }
}

interface VnetRecord {
  time: string
  category: 'FlowLogFlowEvent'
  macAddress: string
  flowRecords: { flows: { aclID: string; flowGroups: { rule: string; flowTuples: string[] }[] }[] }
}

const STATE: Readonly<Record<string, number>> = { B: STATE_BEGIN, C: STATE_CONTINUE, E: STATE_END, D: STATE_DENY }

export interface JsonTarget {
  columns: Columns
  /** `acl rule enc` → a small number. */
  groups: Map<string, number>
  blob: number
  hour: number
  /** Called between records with the columns so far. */
  step: () => void
}

function setAddress(hi: Uint32Array, lo: Uint32Array, row: number, text: string): void {
  if (!text.includes(':')) {
    const parts = text.split('.')
    lo[row * 2] = (Number(parts[0]) << 24) | (Number(parts[1]) << 16) | (Number(parts[2]) << 8) | Number(parts[3])
    lo[row * 2 + 1] = 0xffff
    hi[row * 2] = 0
    hi[row * 2 + 1] = 0
    return
  }
  const value = parseAddress(text)!
  lo[row * 2] = Number(value & 0xffff_ffffn)
  lo[row * 2 + 1] = Number((value >> 32n) & 0xffff_ffffn)
  hi[row * 2] = Number((value >> 64n) & 0xffff_ffffn)
  hi[row * 2 + 1] = Number(value >> 96n)
}

function groupOf(groups: Map<string, number>, acl: string, rule: string, enc: string): number {
  const key = `${acl} ${rule} ${enc}`
  const known = groups.get(key)
  if (known !== undefined) return known
  groups.set(key, groups.size)
  return groups.size - 1
}

/** Cells 1 to 4 have the same positions in both layouts. */
function common(columns: Columns, cells: readonly string[], row: number, target: JsonTarget, recordTime: number): void {
  setAddress(columns.srcHi, columns.srcLo, row, cells[1]!)
  setAddress(columns.dstHi, columns.dstLo, row, cells[2]!)
  columns.sport[row] = Number(cells[3])
  columns.dport[row] = Number(cells[4])
  columns.dir[row] = cells[6] === 'I' ? IN : OUT
  columns.recordTime[row] = recordTime
  columns.blob[row] = target.blob
  columns.hour[row] = target.hour
}

function nsgTuple(text: string, target: JsonTarget, recordTime: number, group: number): void {
  const { columns } = target
  reserve(columns, 1)
  const row = columns.length++
  const cells = text.split(',')
  common(columns, cells, row, target, recordTime)
  columns.time[row] = Number(cells[0]) * 1000
  columns.proto[row] = cells[5] === 'T' ? 6 : 17
  columns.action[row] = cells[7] === 'A' ? ALLOW : DENY
  columns.state[row] = STATE[cells[8]!]!
  columns.packetsSent[row] = cells[9] === '' ? -1 : Number(cells[9])
  columns.bytesSent[row] = cells[10] === '' ? -1 : Number(cells[10])
  columns.packetsReceived[row] = cells[11] === '' ? -1 : Number(cells[11])
  columns.bytesReceived[row] = cells[12] === '' ? -1 : Number(cells[12])
  columns.group[row] = group
}

/** Rows that cannot have counters yet contain four zeros. */
function isIdle(cells: readonly string[]): boolean {
  const waiting = cells[7] === 'B' || cells[7] === 'D'
  return waiting && cells[9] === '0' && cells[10] === '0' && cells[11] === '0' && cells[12] === '0'
}

function vnetTuple(text: string, target: JsonTarget, recordTime: number, acl: string, rule: string): void {
  const { columns } = target
  reserve(columns, 1)
  const row = columns.length++
  const cells = text.split(',')
  const idle = isIdle(cells)
  common(columns, cells, row, target, recordTime)
  columns.time[row] = Number(cells[0])
  columns.proto[row] = Number(cells[5])
  columns.action[row] = cells[7] === 'D' ? DENY : ALLOW
  columns.state[row] = STATE[cells[7]!]!
  columns.packetsSent[row] = idle ? -1 : Number(cells[9])
  columns.bytesSent[row] = idle ? -1 : Number(cells[10])
  columns.packetsReceived[row] = idle ? -1 : Number(cells[11])
  columns.bytesReceived[row] = idle ? -1 : Number(cells[12])
  columns.group[row] = groupOf(target.groups, acl, rule, cells[8]!)
}

/** The obvious implementation: `JSON.parse`, then `split`, into the columns of `flow/tuple/columns.ts` without offsets. Checks nothing. */
export function decodeJson(bytes: Buffer, target: JsonTarget): void {
  const { records } = JSON.parse(bytes.toString()) as { records: (NsgRecord | VnetRecord)[] }
  for (const record of records) {
    const recordTime = Date.parse(record.time)
    if (record.category === 'NetworkSecurityGroupFlowEvent') {
      for (const { rule, flows } of record.properties.flows) {
        const group = groupOf(target.groups, record.resourceId, rule, '')
        for (const { flowTuples } of flows) for (const text of flowTuples) nsgTuple(text, target, recordTime, group)
      }
    } else {
      for (const { aclID, flowGroups } of record.flowRecords.flows)
        for (const { rule, flowTuples } of flowGroups) for (const text of flowTuples) vnetTuple(text, target, recordTime, aclID, rule)
    }
    target.step()
  }
}
