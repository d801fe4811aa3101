import { DAY, MINUTE } from '@/lib/flow/time/bucket'
import { nsgRecords } from './records/nsg-record'
import { vnetRecords } from './records/vnet-record'
import { Wire } from './records/wire'
import { incident } from './traffic/incident'
import { administrators, directory, names, probes } from './traffic/inside'
import type { Minute, Traffic } from './traffic/minute'
import { type DemoNic, NICS } from './traffic/network'
import { backup, builds, housekeeping } from './traffic/outbound'
import { SeededRandom } from './traffic/random'
import { scans } from './traffic/scans'
import { webTraffic } from './traffic/web'

export interface DemoSpec {
  seed: number
  /** End of the 24 hours of history, a full minute. Epoch milliseconds. */
  now: number
  /** True to omit the incident. */
  calm?: boolean
  /** Approximate number of tuples in the history, at least `FEWEST`. */
  tuples: number
}

/** One flush of one NIC: a data block of a `PT1H.json` blob. */
export interface FlushedBlock {
  container: string
  blob: string
  mac: string
  /** Base64, as Azure's block lists show it. */
  id: string
  /** ASCII, so its length is its size in bytes. */
  text: string
  /** Flush time. Epoch milliseconds. */
  time: number
  tuples: number
}

/** First and last block of every blob, which make it valid JSON after each commit. */
export const HEAD = { id: blockId('A', '0'.repeat(32)), text: '{"records":[' } as const
export const TAIL = { id: blockId('Z', '0'.repeat(32)), text: ']}' } as const

const TRAFFIC: readonly Traffic[] = [webTraffic, probes, names, directory, administrators, housekeeping, backup, builds, scans, incident]

function blockId(kind: 'A' | 'D' | 'Z', hex: string): string {
  return Buffer.from(kind + hex).toString('base64')
}

function two(value: number): string {
  return String(value).padStart(2, '0')
}

function blobName(nic: DemoNic, time: number): string {
  const at = new Date(time)
  const hour = `y=${at.getUTCFullYear()}/m=${two(at.getUTCMonth() + 1)}/d=${two(at.getUTCDate())}/h=${two(at.getUTCHours())}/m=00`
  return `${nic.log.scope}/${hour}/macAddress=${nic.mac}/PT1H.json`
}

/** Tuples of a day with almost no visitors: the network's own traffic and the internet's noise. */
export const FEWEST = 125_000
/** Tuples of a day at scale 1, and the part of them that does not grow with the scale. */
const DAILY = { all: 886_000, fixed: 115_000 }

/**
 * Yields the generated data set, block by block in flush order: 24 hours that end at `now`, then without end. The same spec gives the same bytes. Minutes
 * without traffic have no block.
 */
export function* blocks(spec: DemoSpec): Generator<FlushedBlock, never> {
  const first = spec.now - DAY
  const scale = Math.max(0.01, (spec.tuples - DAILY.fixed) / (DAILY.all - DAILY.fixed))
  const wire = new Wire()
  const last = new Map<DemoNic, string>()
  for (let index = 0; ; index++) {
    const start = first + index * MINUTE
    const random = (source: string) => new SeededRandom(spec.seed, source, index)
    const minute: Minute = { start, index, now: spec.now, scale, wire, random }
    for (const traffic of TRAFFIC) if (!spec.calm || traffic !== incident) traffic(minute)
    for (const nic of NICS) {
      const rows = wire.take(nic, start / MINUTE)
      if (rows.length === 0) continue
      const chance = random(nic.mac)
      const time = start + nic.flushAt + chance.int(0, 899)
      const stamp = `${new Date(time).toISOString().slice(0, -1)}${String(chance.int(0, 9999)).padStart(4, '0')}Z`
      const records = nic.log.kind === 'nsg' ? nsgRecords(nic, stamp, rows) : vnetRecords(nic, stamp, rows)
      const blob = blobName(nic, time)
      const text = `${last.get(nic) === blob ? ',' : ''}${records.join(',')}`
      last.set(nic, blob)
      yield {
        container: nic.log.container,
        blob,
        mac: nic.mac,
        id: blockId('D', chance.hex(32).toUpperCase()),
        text,
        time,
        tuples: rows.length,
      }
    }
    wire.close(start / MINUTE)
  }
}

/** Yields the history of a spec: every block flushed before its `now`. */
export function* history(spec: DemoSpec): Generator<FlushedBlock> {
  for (const block of blocks(spec)) {
    if (block.time >= spec.now) return
    yield block
  }
}
