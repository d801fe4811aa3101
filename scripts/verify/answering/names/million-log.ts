import { closeSync, openSync, writeSync } from 'node:fs'

/** Number of different names, one tuple each. Every MAC has a record of its own. */
const NAMES = { rule: 1_000_000, acl: 1_000_000, mac: 500_000 } as const
/** Names in each record: more than a record may have, almost as many, and few. */
const A_RECORD = [400_000, 32_768, 5000, 1] as const
/** Maximum number of different names in a record that is read. */
const MOST_IN_RECORD = 32_768
const KINDS = ['rule', 'acl', 'mac'] as const

export interface MillionLog {
  kind: (typeof KINDS)[number]
  aRecord: (typeof A_RECORD)[number]
  /** Tuples that count, and records that are set aside because they have too many names. */
  tuples: number
  refused: number
}

/** Each kind with each size of records, in turn. */
export function millionLog(seed: number): MillionLog {
  const kind = KINDS[seed % KINDS.length]!
  const aRecord = kind === 'mac' ? 1 : A_RECORD[Math.floor(seed / KINDS.length) % A_RECORD.length]!
  const isRead = aRecord <= MOST_IN_RECORD
  return { kind, aRecord, tuples: isRead ? NAMES[kind] : 0, refused: isRead ? 0 : Math.ceil(NAMES[kind] / aRecord) }
}

const TUPLE = '"1723478430000,10.0.0.1,10.0.0.2,1,443,6,I,E,NX,1,2,3,4"'

function flowsOf(kind: MillionLog['kind'], from: number, to: number): string {
  const each = (write: (i: number) => string) => Array.from({ length: to - from }, (_, i) => write(from + i)).join(',')
  if (kind === 'acl') return each((i) => `{"aclID":"a${i}","flowGroups":[{"rule":"r","flowTuples":[${TUPLE}]}]}`)
  return `{"aclID":"a","flowGroups":[${each((i) => `{"rule":"${kind === 'rule' ? `UserRule_${i}` : 'r'}","flowTuples":[${TUPLE}]}`)}]}`
}

function recordOf(kind: MillionLog['kind'], from: number, to: number): string {
  const mac = kind === 'mac' ? from.toString(16).toUpperCase().padStart(12, '0') : '002248266DB9'
  return `{"time":"2024-08-12T16:00:30Z","flowLogVersion":4,"macAddress":"${mac}","category":"FlowLogFlowEvent","flowLogResourceID":"/S/L","flowRecords":{"flows":[${flowsOf(kind, from, to)}]}}`
}

/** Writes the log, some megabytes at a time. */
export function writeMillion(file: string, { kind, aRecord }: Pick<MillionLog, 'kind' | 'aRecord'>): void {
  const out = openSync(file, 'w')
  try {
    writeSync(out, '{"records":[')
    let text = ''
    for (let from = 0; from < NAMES[kind]; from += aRecord) {
      text += `${from === 0 ? '' : ','}${recordOf(kind, from, Math.min(from + aRecord, NAMES[kind]))}`
      if (text.length < 1_000_000) continue
      writeSync(out, text)
      text = ''
    }
    writeSync(out, `${text}]}`)
  } finally {
    closeSync(out)
  }
}
