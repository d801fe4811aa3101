import type { ScanOrigin } from '@/lib/parse/scanner'
import { type NaiveReading, type NaiveRow, readNaively } from '@/lib/parse/test/naive-reader'
import type { Fact } from '@/lib/query/test/facts'

const PROTOCOLS: Readonly<Record<string, string>> = { 6: 'tcp', 17: 'udp' }

function factOf({ proto, state, time, recordTime, dir, action, ...row }: NaiveRow): Fact {
  return {
    ...row,
    time: new Date(time).toISOString(),
    recordTime: new Date(recordTime).toISOString(),
    proto: PROTOCOLS[proto] ?? proto.replace(/^other /, ''),
    state: state === 'none' ? null : state.replace(/^other /, ''),
    dir: dir as Fact['dir'],
    action: action as Fact['action'],
  }
}

/** Returns the rows that the naive reader finds in a blob, in the words of answers. */
export function factsOf(text: string, origin: ScanOrigin): { facts: Fact[]; reading: NaiveReading } {
  const reading = readNaively(Buffer.from(text), origin)
  return { facts: reading.rows.map(factOf), reading }
}
