import { rmSync } from 'node:fs'
import { createColumns } from '@/lib/flow/tuple/columns'
import { Scanner } from '@/lib/parse/scanner'
import { writeMinutes } from '@/lib/store/spool/minutes'
import { writeSpool } from '@/lib/store/spool/spool'
import type { Spooling } from '@/lib/store/store'
import { fingerprint } from './fingerprint'
import { KnownGroups } from './known-groups'
import { SmallBlobs } from './small-blobs'

/** Number of times that the sample is read, enough for the compiler to optimise every loop. */
const TIMES = 40
const MINUTES = 12
const TUPLES = 24

const ORIGIN = { blob: 0, source: '', scope: null, hour: null, mac: null, offset: 0 }

function nsgRecord(minute: number): string {
  const tuples = Array.from({ length: TUPLES }, (_, i) => {
    const [src, dst] = i % 9 === 8 ? ['2001:db8::1f', 'fd00::4'] : [`198.51.100.${i}`, '10.0.0.4']
    const begin = i % 3 === 0
    const counters = begin ? ',,,' : `${i},${i * 60},${i + 1},${i * 1400}`
    return `"${1_700_000_000 + minute * 60 + i},${src},${dst},${40_000 + i},443,${i % 5 ? 'T' : 'U'},I,A,${begin ? 'B' : 'E'},${counters}"`
  })
  const flows = ['UserRule_A', 'DefaultRule_B'].map(
    (rule) => `{"rule":"${rule}","flows":[{"mac":"000000000001","flowTuples":[${tuples}]}]}`,
  )
  return `{"time":"2023-11-14T22:${10 + minute}:00.0000000Z","systemId":"s","macAddress":"000000000001","category":"NetworkSecurityGroupFlowEvent","resourceId":"/SUBSCRIPTIONS/S","operationName":"NetworkSecurityGroupFlowEvents","properties":{"Version":2,"flows":[${flows}]}}`
}

function vnetRecord(minute: number): string {
  const tuples = Array.from({ length: TUPLES }, (_, i) => {
    const state = ['B', 'C', 'E', 'D'][i % 4]
    return `"${1_700_000_000_000 + minute * 60_000 + i},198.51.100.${i},10.0.0.4,${40_000 + i},443,6,I,${state},NX,${i},${i * 60},${i},${i * 1400}"`
  })
  const groups = ['UserRule_A', 'DefaultRule_B'].map((rule) => `{"rule":"${rule}","flowTuples":[${tuples}]}`)
  return `{"time":"2023-11-14T22:${10 + minute}:00.0000000Z","flowLogVersion":4,"flowLogGUID":"g","macAddress":"000000000001","category":"FlowLogFlowEvent","flowLogResourceID":"/SUBSCRIPTIONS/S","targetResourceID":"/subscriptions/s","operationName":"FlowLogFlowEvent","flowRecords":{"flows":[{"aclID":"a","flowGroups":[${groups}]}]}}`
}

/** A blob with both formats and no rejections. */
export function sample(): Uint8Array {
  const records = Array.from({ length: MINUTES }, (_, minute) => `${nsgRecord(minute)},${vnetRecord(minute)}`)
  return new TextEncoder().encode(`{"records":[${records.join(',')}]}`)
}

/** Reads a generated blob repeatedly, and writes it to `file` and `minutes`, which are then deleted, so that compiled code is ready for the first real blob. */
export function warmUp(file: string, minutes: string, spooling: Spooling): void {
  const columns = createColumns(MINUTES * TUPLES * 4 * TIMES * 2)
  const groups = new KnownGroups()
  const blobs = new SmallBlobs(columns, groups)
  const bytes = sample()
  for (let i = 0; i < TIMES; i++) {
    const scanner = new Scanner(ORIGIN, columns, groups)
    scanner.push(bytes)
    scanner.finish()
    blobs.scan(i, ORIGIN, bytes)
  }
  blobs.take()
  fingerprint(columns, groups, groups.hashes)
  for (let i = 0; i < 2; i++) {
    writeSpool(file, columns, spooling)
    writeMinutes(minutes, columns)
  }
  for (const path of [file, minutes]) rmSync(path, { force: true })
}
