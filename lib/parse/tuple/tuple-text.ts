import { parseAddress } from '@/lib/flow/address/address'
import type { TupleReason, WarningReason } from '@/lib/flow/reading/reasons'
import type { Columns } from '@/lib/flow/tuple/columns'
import {
  ALLOW,
  DENY,
  IN,
  OUT,
  PROTO_OTHER,
  STATE_BEGIN,
  STATE_CONTINUE,
  STATE_DENY,
  STATE_END,
  STATE_NONE,
  STATE_OTHER,
} from '@/lib/flow/tuple/tuple'
import { ENCRYPTIONS, NSG_V1, VNET_V4 } from './groups'

const NSG_V1_COLUMNS = 8
const FEWEST_COLUMNS = 9
const KNOWN_COLUMNS = 13
const FIRST_MILLISECONDS = 1e11
/**
 * A tuple's time is in seconds or milliseconds, decided by magnitude. A time further than this from the flush of its record is wrong: real ones are seconds to
 * minutes before it, and clocks are seldom wrong by days. Milliseconds.
 */
export const MOST_APART = 7 * 24 * 3600 * 1000
/** More than a network interface of 200 Gbit/s can send in the five minutes between two tuples of a flow. Bytes, or packets. */
const MOST_COUNTED = 2 ** 43

const NSG_STATES: ReadonlyMap<string, number> = new Map([
  ['B', STATE_BEGIN],
  ['C', STATE_CONTINUE],
  ['E', STATE_END],
])
const VNET_STATES: ReadonlyMap<string, number> = new Map([...NSG_STATES, ['D', STATE_DENY]])
const NSG_PROTOS: ReadonlyMap<string, number> = new Map([
  ['T', 6],
  ['U', 17],
])

/** Decodes a tuple of any spelling into row `n`, or gives the reason for its rejection. */
export class TupleText {
  readonly warnings: WarningReason[] = []
  /** Tokens that the tuple's group must keep. */
  enc: string | null = null
  proto: string | null = null
  state: string | null = null

  /** Returns null if the row was written, otherwise the reason for the rejection. */
  decode(text: string, columns: Columns, n: number, format: number, recordTime: number): TupleReason | null {
    this.warnings.length = 0
    if (text === '') return 'empty'
    const cells = text.split(',')
    if (cells.length < (format === NSG_V1 ? NSG_V1_COLUMNS : FEWEST_COLUMNS)) return 'columns'
    const more = cells.slice(format === NSG_V1 ? NSG_V1_COLUMNS : KNOWN_COLUMNS)
    if (more.some((cell) => cell !== '')) this.warnings.push('columns-more')
    const time = wholeNumber(cells[0]!)
    const ms = time < FIRST_MILLISECONDS ? time * 1000 : time
    if (!(Math.abs(ms - recordTime) <= MOST_APART)) return 'time'
    columns.time[n] = ms
    if (!this.address(cells[1]!, columns.srcHi, columns.srcLo, n) || !this.address(cells[2]!, columns.dstHi, columns.dstLo, n))
      return 'address'
    const sport = wholeNumber(cells[3]!)
    const dport = wholeNumber(cells[4]!)
    if (!(sport <= 65535) || !(dport <= 65535)) return 'port'
    columns.sport[n] = sport
    columns.dport[n] = dport
    this.protocol(cells[5]!, columns, n, format)
    if (cells[6] !== 'I' && cells[6] !== 'O') return 'direction'
    columns.dir[n] = cells[6] === 'I' ? IN : OUT
    if (format === VNET_V4) {
      const state = this.stateOf(cells[7]!, VNET_STATES)
      columns.state[n] = state
      columns.action[n] = state === STATE_DENY ? DENY : ALLOW
      this.encryption(cells[8]!)
    } else {
      if (cells[7] !== 'A' && cells[7] !== 'D') return 'decision'
      columns.action[n] = cells[7] === 'A' ? ALLOW : DENY
      if (format === NSG_V1) this.state = null
      columns.state[n] = format === NSG_V1 ? STATE_NONE : this.stateOf(cells[8]!, NSG_STATES)
      this.enc = null
    }
    return this.counters(format === NSG_V1 ? [] : cells, columns, n, format) ? null : 'counter'
  }

  private address(text: string, high: Uint32Array, low: Uint32Array, n: number): boolean {
    const zone = text.includes(':') ? text.indexOf('%') : -1
    const value = parseAddress(zone < 0 ? text : `${text.slice(0, zone)}${text.endsWith(']') ? ']' : ''}`)
    if (value === null) return false
    if (zone >= 0) this.warnings.push('zone')
    high[n * 2] = Number((value >> 64n) & 0xffff_ffffn)
    high[n * 2 + 1] = Number(value >> 96n)
    low[n * 2] = Number(value & 0xffff_ffffn)
    low[n * 2 + 1] = Number((value >> 32n) & 0xffff_ffffn)
    return true
  }

  private protocol(token: string, columns: Columns, n: number, format: number): void {
    const known = format === VNET_V4 ? wholeNumber(token) : (NSG_PROTOS.get(token) ?? Number.NaN)
    this.proto = known <= 255 ? null : token
    columns.proto[n] = known <= 255 ? known : PROTO_OTHER
    if (this.proto !== null) this.warnings.push('protocol')
  }

  private stateOf(token: string, known: ReadonlyMap<string, number>): number {
    const state = known.get(token) ?? STATE_OTHER
    this.state = state === STATE_OTHER ? token : null
    if (this.state !== null) this.warnings.push('state')
    return state
  }

  private encryption(token: string): void {
    this.enc = token
    if (!(ENCRYPTIONS as readonly string[]).includes(token)) this.warnings.push('encryption')
  }

  private counters(cells: readonly string[], columns: Columns, n: number, format: number): boolean {
    const values = [0, 1, 2, 3].map((i) => ((cells[9 + i] ?? '') === '' ? -1 : wholeNumber(cells[9 + i]!)))
    if (!values.every((value) => value <= MOST_COUNTED)) return false
    const state = columns.state[n]
    const idle = format === VNET_V4 && (state === STATE_BEGIN || state === STATE_DENY) && values.every((value) => value === 0)
    columns.packetsSent[n] = idle ? -1 : values[0]!
    columns.bytesSent[n] = idle ? -1 : values[1]!
    columns.packetsReceived[n] = idle ? -1 : values[2]!
    columns.bytesReceived[n] = idle ? -1 : values[3]!
    return true
  }
}

/** Parses decimal digits, up to 2^53-1; NaN for anything else. */
function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text)) return Number.NaN
  const value = Number(text)
  return Number.isSafeInteger(value) ? value : Number.NaN
}
