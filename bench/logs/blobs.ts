import { HOUR, MINUTE } from '@/lib/flow/time/bucket'
import { nsgRecords } from '../../scripts/demo/records/nsg-record'
import { vnetRecords } from '../../scripts/demo/records/vnet-record'
import { SeededRandom } from '../../scripts/demo/traffic/random'
import { makeNic } from './nics'
import { minuteOf } from './traffic'

/** Every run creates the same bytes. */
const SEED = 20_240_812
const HOURS = 24
/** The day that most parts query; it is in the past, so its hours are closed. Epoch milliseconds. */
export const DAY_START = Date.UTC(2024, 7, 12)

export interface HourBlob {
  container: string
  name: string
  mac: string
  /** Records of one flush each, without the commas between flushes. Text is ASCII. */
  minutes: string[]
  tuples: number
}

function two(value: number): string {
  return String(value).padStart(2, '0')
}

/** Hour blob of a NIC with `tuples` tuples spread over its minutes. */
export function hourBlob(kind: 'nsg' | 'vnet', index: number, hour: number, tuples: number): HourBlob {
  const nic = makeNic(index, kind)
  const at = new Date(hour)
  const path = `y=${at.getUTCFullYear()}/m=${two(at.getUTCMonth() + 1)}/d=${two(at.getUTCDate())}/h=${two(at.getUTCHours())}/m=00`
  const minutes: string[] = []
  for (let minute = 0; minute < 60; minute++) {
    const count = Math.floor(((minute + 1) * tuples) / 60) - Math.floor((minute * tuples) / 60)
    if (count === 0) continue
    const flush = hour + minute * MINUTE + nic.flushAt
    const random = new SeededRandom(SEED, nic.mac, flush / 1000)
    const stamp = `${new Date(flush).toISOString().slice(0, -1)}0000Z`
    const records = kind === 'nsg' ? nsgRecords : vnetRecords
    minutes.push(records(nic, stamp, minuteOf(nic, random, flush, count)).join(','))
  }
  return { container: nic.log.container, name: `${nic.log.scope}/${path}/macAddress=${nic.mac}/PT1H.json`, mac: nic.mac, minutes, tuples }
}

/** Blob number `index` of a day: 24 hours of the first NIC, then of the second, and so on. */
export function dayBlob(index: number, tuples: number): HourBlob {
  return hourBlob('nsg', Math.floor(index / HOURS), DAY_START + (index % HOURS) * HOUR, tuples)
}

export function textOf(blob: HourBlob): string {
  return `{"records":[${blob.minutes.join(',')}]}`
}
