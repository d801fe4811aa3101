import type { Columns } from '@/lib/flow/columns'
import { ALLOW, DENY, IN, OUT, STATE_BEGIN, STATE_CONTINUE, STATE_DENY, STATE_END, STATE_NONE } from '@/lib/flow/tuple'
import { ENCRYPTIONS, NSG_V1, NSG_V2 } from './groups'

const COMMA = 0x2c
const QUOTE = 0x22
const DOT = 0x2e

/** It may look this many bytes behind the position it starts at, so they must be readable. */
export const FAST_REACH = 256

const encoder = new TextEncoder()
const TOKENS = ENCRYPTIONS.map((token) => encoder.encode(token))

/**
 * Decodes the common spelling of a tuple (IPv4, ten or thirteen digits of time, known tokens, every column there) straight into row `n`. Whatever
 * else it meets it leaves to `TupleText`, which knows every rule; the two agree on what both can read.
 */
export class FastTuple {
  /** Position in ENCRYPTIONS of the last VNet tuple. */
  encryption = 0
  private p = 0

  /** From behind the opening quote to the closing quote's position, or -1 when this is no common tuple. */
  decode(bytes: Uint8Array, start: number, columns: Columns, n: number, format: number): number {
    if (!this.ends(bytes, start, columns, n)) return -1
    return format > NSG_V2 ? this.vnet(bytes, columns, n) : this.nsg(bytes, columns, n, format)
  }

  /** time,src,dst,sport,dport, */
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
    for (let side = 0; side < 2; side++) {
      let address = 0
      for (let i = 0; i < 4; i++) {
        let octet = bytes[p]! ^ 0x30
        if (octet > 9) return false
        let digit = bytes[p + 1]! ^ 0x30
        if (digit > 9) p += 1
        else {
          if (octet === 0) return false
          octet = octet * 10 + digit
          digit = bytes[p + 2]! ^ 0x30
          if (digit > 9) p += 2
          else {
            octet = octet * 10 + digit
            if (octet > 255) return false
            p += 3
          }
        }
        if (bytes[p] !== (i < 3 ? DOT : COMMA)) return false
        p++
        address = (address << 8) | octet
      }
      const low = side === 0 ? columns.srcLo : columns.dstLo
      low[n * 2] = address
      low[n * 2 + 1] = 0xffff
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
    let p = this.p
    const proto = bytes[p]
    if (proto === 0x54) columns.proto[n] = 6
    else if (proto === 0x55) columns.proto[n] = 17
    else return -1
    const direction = bytes[p + 2]
    if (direction !== 0x49 && direction !== 0x4f) return -1
    columns.dir[n] = direction === 0x49 ? IN : OUT
    const decision = bytes[p + 4]
    if (decision !== 0x41 && decision !== 0x44) return -1
    columns.action[n] = decision === 0x41 ? ALLOW : DENY
    if (bytes[p + 1] !== COMMA || bytes[p + 3] !== COMMA) return -1
    p += 5
    if (format === NSG_V1) {
      columns.state[n] = STATE_NONE
      columns.packetsSent[n] = -1
      columns.bytesSent[n] = -1
      columns.packetsReceived[n] = -1
      columns.bytesReceived[n] = -1
      return bytes[p] === QUOTE ? p : -1
    }
    const state = bytes[p + 1]
    if (bytes[p] !== COMMA) return -1
    if (state === 0x42) columns.state[n] = STATE_BEGIN
    else if (state === 0x43) columns.state[n] = STATE_CONTINUE
    else if (state === 0x45) columns.state[n] = STATE_END
    else return -1
    this.p = p + 2
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
    columns.proto[n] = proto
    const direction = bytes[p + 1]
    if (direction !== 0x49 && direction !== 0x4f) return -1
    columns.dir[n] = direction === 0x49 ? IN : OUT
    const state = bytes[p + 3]
    let measured = true
    if (state === 0x42) {
      columns.state[n] = STATE_BEGIN
      measured = false
    } else if (state === 0x43) columns.state[n] = STATE_CONTINUE
    else if (state === 0x45) columns.state[n] = STATE_END
    else if (state === 0x44) {
      columns.state[n] = STATE_DENY
      measured = false
    } else return -1
    columns.action[n] = state === 0x44 ? DENY : ALLOW
    if (bytes[p] !== COMMA || bytes[p + 2] !== COMMA || bytes[p + 4] !== COMMA) return -1
    this.p = p + 5
    if (!this.encryptionToken(bytes) || !this.counters(bytes, columns, n)) return -1
    if (
      !measured &&
      columns.packetsSent[n] === 0 &&
      columns.bytesSent[n] === 0 &&
      columns.packetsReceived[n] === 0 &&
      columns.bytesReceived[n] === 0
    ) {
      columns.packetsSent[n] = -1
      columns.bytesSent[n] = -1
      columns.packetsReceived[n] = -1
      columns.bytesReceived[n] = -1
    }
    return this.p
  }

  private encryptionToken(bytes: Uint8Array): boolean {
    const p = this.p
    if (bytes[p] === 0x4e && bytes[p + 1] === 0x58 && bytes[p + 2] === COMMA) {
      this.encryption = 1
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

  /** From the comma before the first counter to the closing quote. */
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
