import { MINUTE } from '@/lib/flow/time/bucket'
import type { DemoNic } from '../traffic/network'

export type Protocol = 6 | 17

export interface WireCounters {
  packetsSent: number
  bytesSent: number
  packetsReceived: number
  bytesReceived: number
}

export interface WireEnds {
  src: string
  dst: string
  sport: number
  dport: number
  proto: Protocol
}

/** A flow as one NIC sees it. */
export interface SeenFlow {
  ends: WireEnds
  dir: 'I' | 'O'
  rule: string
  /** Encrypted inside the virtual network. */
  encrypted: boolean
}

/** One tuple as a NIC logs it, before it is written in a format. */
export interface WireTuple {
  flow: SeenFlow
  /** Epoch milliseconds. */
  time: number
  /** `D` is a denied attempt. */
  state: 'B' | 'C' | 'E' | 'D'
  counters: WireCounters | null
}

/** Tuples are flushed between two and 64 seconds after their own time; a second less leaves room for the flush's jitter. */
const YOUNGEST = 2_000

/** Rows on their way into records: each waits for the minute in which its NIC flushes it. */
export class Wire {
  readonly #waiting = new Map<DemoNic, Map<number, WireTuple[]>>()
  #taken = Number.NEGATIVE_INFINITY

  add(nic: DemoNic, row: WireTuple): void {
    const minute = Math.ceil((row.time + YOUNGEST - nic.flushAt) / MINUTE)
    if (minute <= this.#taken) throw new RangeError(`row of ${nic.name} at ${row.time} comes after its flush`)
    let minutes = this.#waiting.get(nic)
    if (!minutes) {
      minutes = new Map()
      this.#waiting.set(nic, minutes)
    }
    const rows = minutes.get(minute)
    if (rows) rows.push(row)
    else minutes.set(minute, [row])
  }

  /** The rows that a NIC flushes in a minute (counted from the epoch), oldest first. */
  take(nic: DemoNic, minute: number): WireTuple[] {
    const minutes = this.#waiting.get(nic)
    const rows = minutes?.get(minute) ?? []
    minutes?.delete(minute)
    return rows.sort((a, b) => a.time - b.time)
  }

  close(minute: number): void {
    this.#taken = minute
  }
}
