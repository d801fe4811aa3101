import { MINUTE } from '@/lib/flow/time/bucket'
import type { SeenFlow, Wire, WireCounters, WireEnds } from '../records/wire'
import type { DemoNic } from './network'

/** A NIC that sees a flow, and the rule that decided there. */
export interface Vantage {
  nic: DemoNic
  dir: 'I' | 'O'
  rule: string
}

export interface DemoSession extends WireEnds {
  /** Epoch milliseconds. */
  start: number
  end: number
  total: WireCounters
  at: readonly Vantage[]
  encrypted?: boolean
}

const UPDATE = 5 * MINUTE

/** Times of Continue rows: NSG logs write them on one grid per host, VNet logs five minutes after each flow's own start. */
function updates(nic: DemoNic, start: number, end: number): number[] {
  const first = nic.log.kind === 'nsg' ? Math.floor(start / UPDATE) * UPDATE + nic.flushAt * 3 : start + UPDATE
  const times: number[] = []
  for (let time = first; time < end; time += UPDATE) if (time > start) times.push(time)
  return times
}

function share(total: WireCounters, part: number): WireCounters {
  return {
    packetsSent: Math.floor(total.packetsSent * part),
    bytesSent: Math.floor(total.bytesSent * part),
    packetsReceived: Math.floor(total.packetsReceived * part),
    bytesReceived: Math.floor(total.bytesReceived * part),
  }
}

function minus(a: WireCounters, b: WireCounters): WireCounters {
  return {
    packetsSent: a.packetsSent - b.packetsSent,
    bytesSent: a.bytesSent - b.bytesSent,
    packetsReceived: a.packetsReceived - b.packetsReceived,
    bytesReceived: a.bytesReceived - b.bytesReceived,
  }
}

const NOTHING: WireCounters = { packetsSent: 0, bytesSent: 0, packetsReceived: 0, bytesReceived: 0 }

/** An allowed flow: Begin, a Continue row every five minutes, End, at every NIC that sees it. Version 1 logs write only its start. */
export function allow(wire: Wire, session: DemoSession): void {
  const { start, end, total, encrypted = false } = session
  for (const { nic, dir, rule } of session.at) {
    const flow: SeenFlow = { ends: session, dir, rule, encrypted }
    wire.add(nic, { flow, time: start, state: 'B', counters: null })
    if (nic.log.kind === 'nsg' && nic.log.version === 1) continue
    let seen = NOTHING
    for (const time of updates(nic, start, end)) {
      const now = share(total, (time - start) / (end - start))
      wire.add(nic, { flow, time, state: 'C', counters: minus(now, seen) })
      seen = now
    }
    wire.add(nic, { flow, time: end, state: 'E', counters: seen === NOTHING ? total : minus(total, seen) })
  }
}

/** A denied attempt. A TCP client whose SYN is dropped repeats it after one, three and seven seconds, and each is a row. */
export function deny(wire: Wire, time: number, ends: WireEnds, at: Vantage, repeats = 0): void {
  const flow: SeenFlow = { ends, dir: at.dir, rule: at.rule, encrypted: false }
  for (let i = 0; i <= repeats; i++) wire.add(at.nic, { flow, time: time + (2 ** i - 1) * 1000, state: 'D', counters: null })
}

/** Ethernet frames of a TCP or UDP exchange with this much payload each way. */
export function exchange(sent: number, received: number): WireCounters {
  const out = Math.ceil(sent / 1400)
  const back = Math.ceil(received / 1400)
  const packetsSent = out + Math.ceil(back / 2) + 2
  const packetsReceived = back + Math.ceil(out / 2) + 2
  return {
    packetsSent,
    bytesSent: Math.round(sent) + packetsSent * 66,
    packetsReceived,
    bytesReceived: Math.round(received) + packetsReceived * 66,
  }
}

/** One datagram each way. */
export function datagrams(sent: number, received: number): WireCounters {
  return { packetsSent: 1, bytesSent: sent, packetsReceived: 1, bytesReceived: received }
}
