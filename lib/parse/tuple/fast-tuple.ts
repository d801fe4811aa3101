import type { Columns } from '@/lib/flow/tuple/columns'
import { ALLOW, DENY, IN, OUT, STATE_BEGIN, STATE_CONTINUE, STATE_DENY, STATE_END, STATE_NONE } from '@/lib/flow/tuple/tuple'
import { AddressBytes } from './address-bytes'
import { ENCRYPTIONS, NSG_V1, NSG_V2 } from './groups'

/** The decoder may read this many bytes after its start, so they must exist. */
export const FAST_REACH = 256

const COMMA = 0x2c
const QUOTE = 0x22
const DOT = 0x2e
const UNKNOWN = 255

/** Codes by the byte of a one-letter token. */
function letters(codes: Readonly<Record<string, number>>): Uint8Array {
  const table = new Uint8Array(256).fill(UNKNOWN)
  for (const [letter, code] of Object.entries(codes)) table[letter.charCodeAt(0)] = code
  return table
}

const PROTO = letters({ T: 6, U: 17 })
const DIRECTION = letters({ I: IN, O: OUT })
const DECISION = letters({ A: ALLOW, D: DENY })
const NSG_STATE = letters({ B: STATE_BEGIN, C: STATE_CONTINUE, E: STATE_END })
const VNET_STATE = letters({ B: STATE_BEGIN, C: STATE_CONTINUE, E: STATE_END, D: STATE_DENY })
const VNET_ACTION = letters({ B: ALLOW, C: ALLOW, E: ALLOW, D: DENY })
// Copies, because some bundlers turn an imported binding into a getter, and these are read for every tuple.
const [V1, V2, NO_STATE] = [NSG_V1, NSG_V2, STATE_NONE]

const encoder = new TextEncoder()
const TOKENS = ENCRYPTIONS.map((token) => encoder.encode(token))
const NX = ENCRYPTIONS.indexOf('NX')

/**
 * Decodes the common spelling of a tuple (ten or thirteen digits of time, known tokens, every column present) directly into row `n`. Leaves everything else to
 * `TupleText`, which knows every rule; the two agree on all tuples that both can read.
 */
export class FastTuple {
  /** Position in ENCRYPTIONS of the last VNet tuple. */
  encryption = 0
  /** True if the last tuple has written the upper halves of its addresses; other tuples leave them unchanged. */
  wide = false
  private readonly address = new AddressBytes()
  private p = 0

  /** From after the opening quote: returns the closing quote's position, or -1 if it is not a common tuple. */
  decode(bytes: Uint8Array, start: number, columns: Columns, n: number, format: number): number {
    if (!this.ends(bytes, start, columns, n)) return -1
    return format > V2 ? this.vnet(bytes, columns, n) : this.nsg(bytes, columns, n, format)
  }

  /** Reads time,src,dst,sport,dport, */
  private ends(bytes: Uint8Array, start: number, columns: Columns, n: number): boolean {
    let p = start
    let odd = 0
    let high = 0
    let low = 0
    const seconds = bytes[start + 10] === COMMA
    if (!seconds && bytes[start + 13] !== COMMA) return false
    for (let i = 0; i < 5; i++) {
      const digit = bytes[p++]! ^ 0x30
      odd |= digit + 6
      high = high * 10 + digit
    }
    const stop = seconds ? start + 10 : start + 13
    while (p < stop) {
      const digit = bytes[p++]! ^ 0x30
      odd |= digit + 6
      low = low * 10 + digit
    }
    if (odd > 15) return false
    if (seconds) columns.time[n] = (high * 100_000 + low) * 1000
    else {
      if (high < 1000) return false
      columns.time[n] = high * 100_000_000 + low
    }
    p++
    const addresses = p
    let bad = 0
    for (let side = 0; side < 2; side++) {
      let address = 0
      for (let i = 0; i < 4; i++) {
        // Without branches, because the widths of octets are hard to predict: `two` and `three` are -1 if there is such a digit, else 0.
        let octet = bytes[p]! ^ 0x30
        const second = bytes[p + 1]! ^ 0x30
        const third = bytes[p + 2]! ^ 0x30
        const two = ~((9 - second) >> 31)
        const three = two & ~((9 - third) >> 31)
        bad |= (9 - octet) | ((octet - 1) & two)
        octet += two & (octet * 9 + second)
        octet += three & (octet * 9 + third)
        bad |= 255 - octet
        p += 2 - two - three
        bad |= -(bytes[p - 1]! ^ (i < 3 ? DOT : COMMA))
        address = (address << 8) | octet
      }
      const words = side === 0 ? columns.srcLo : columns.dstLo
      words[n * 2] = address
      words[n * 2 + 1] = 0xffff
    }
    this.wide = bad < 0
    if (bad < 0) {
      p = this.address.read(bytes, addresses, columns.srcHi, columns.srcLo, n) + 1
      if (p > 0) p = this.address.read(bytes, p, columns.dstHi, columns.dstLo, n) + 1
      if (p === 0) return false
    }
    for (let side = 0; side < 2; side++) {
      let port = bytes[p]! ^ 0x30
      if (port > 9) return false
      const last = p + 5
      p++
      for (;;) {
        const digit = bytes[p]! ^ 0x30
        if (digit > 9) break
        if (p === last) return false
        port = port * 10 + digit
        p++
      }
      if (port > 65535 || bytes[p] !== COMMA) return false
      p++
      if (side === 0) columns.sport[n] = port
      else columns.dport[n] = port
    }
    this.p = p
    return true
  }

  private nsg(bytes: Uint8Array, columns: Columns, n: number, format: number): number {
    const p = this.p
    const proto = PROTO[bytes[p]!]!
    const direction = DIRECTION[bytes[p + 2]!]!
    const decision = DECISION[bytes[p + 4]!]!
    if (proto === UNKNOWN || direction === UNKNOWN || decision === UNKNOWN) return -1
    if (bytes[p + 1] !== COMMA || bytes[p + 3] !== COMMA) return -1
    columns.proto[n] = proto
    columns.dir[n] = direction
    columns.action[n] = decision
    if (format === V1) {
      columns.state[n] = NO_STATE
      this.unmeasured(columns, n)
      return bytes[p + 5] === QUOTE ? p + 5 : -1
    }
    const state = NSG_STATE[bytes[p + 6]!]!
    if (bytes[p + 5] !== COMMA || state === UNKNOWN) return -1
    columns.state[n] = state
    this.p = p + 7
    return this.counters(bytes, columns, n) ? this.p : -1
  }

  private vnet(bytes: Uint8Array, columns: Columns, n: number): number {
    let p = this.p
    let proto = bytes[p]! ^ 0x30
    if (proto > 9) return -1
    const last = p + 3
    p++
    for (;;) {
      const digit = bytes[p]! ^ 0x30
      if (digit > 9) break
      if (p === last) return -1
      proto = proto * 10 + digit
      p++
    }
    if (proto > 255) return -1
    const direction = DIRECTION[bytes[p + 1]!]!
    const letter = bytes[p + 3]!
    const state = VNET_STATE[letter]!
    if (direction === UNKNOWN || state === UNKNOWN) return -1
    if (bytes[p] !== COMMA || bytes[p + 2] !== COMMA || bytes[p + 4] !== COMMA) return -1
    columns.proto[n] = proto
    columns.dir[n] = direction
    columns.state[n] = state
    columns.action[n] = VNET_ACTION[letter]!
    this.p = p + 5
    if (!this.encryptionToken(bytes) || !this.counters(bytes, columns, n)) return -1
    if (
      (letter === 0x42 || letter === 0x44) &&
      columns.packetsSent[n] === 0 &&
      columns.bytesSent[n] === 0 &&
      columns.packetsReceived[n] === 0 &&
      columns.bytesReceived[n] === 0
    )
      this.unmeasured(columns, n)
    return this.p
  }

  private unmeasured(columns: Columns, n: number): void {
    columns.packetsSent[n] = -1
    columns.bytesSent[n] = -1
    columns.packetsReceived[n] = -1
    columns.bytesReceived[n] = -1
  }

  private encryptionToken(bytes: Uint8Array): boolean {
    const p = this.p
    if (bytes[p] === 0x4e && bytes[p + 1] === 0x58 && bytes[p + 2] === COMMA) {
      this.encryption = NX
      this.p = p + 2
      return true
    }
    for (let code = 0; code < TOKENS.length; code++) {
      const token = TOKENS[code]!
      if (bytes[p + token.length] !== COMMA) continue
      let i = 0
      while (i < token.length && bytes[p + i] === token[i]) i++
      if (i === token.length) {
        this.encryption = code
        this.p = p + i
        return true
      }
    }
    return false
  }

  /** Reads from the comma before the first counter to the closing quote. */
  private counters(bytes: Uint8Array, columns: Columns, n: number): boolean {
    if (bytes[this.p] !== COMMA || !this.counter(bytes, columns.packetsSent, n)) return false
    if (bytes[this.p] !== COMMA || !this.counter(bytes, columns.bytesSent, n)) return false
    if (bytes[this.p] !== COMMA || !this.counter(bytes, columns.packetsReceived, n)) return false
    if (bytes[this.p] !== COMMA || !this.counter(bytes, columns.bytesReceived, n)) return false
    return bytes[this.p] === QUOTE
  }

  private counter(bytes: Uint8Array, column: Float64Array, n: number): boolean {
    let p = this.p + 1
    let value = bytes[p]! ^ 0x30
    if (value > 9) {
      column[n] = -1
      this.p = p
      return true
    }
    const last = p + 9
    p++
    for (;;) {
      const digit = bytes[p]! ^ 0x30
      if (digit > 9) break
      if (p === last) return false
      value = value * 10 + digit
      p++
    }
    column[n] = value
    this.p = p
    return true
  }
}
