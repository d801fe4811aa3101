const COMMA = 0x2c
const COLON = 0x3a
const DOT = 0x2e
const NONE = 255
const GROUPS = 8

const HEX = new Uint8Array(256).fill(NONE)
for (let digit = 0; digit < 16; digit++) {
  const letter = digit.toString(16)
  HEX[letter.charCodeAt(0)] = digit
  HEX[letter.toUpperCase().charCodeAt(0)] = digit
}

/** Reads an address of either family up to its comma. Does not support brackets, zones or dotted tails; `lib/flow/address/address.ts` does. */
export class AddressBytes {
  private readonly groups = new Uint16Array(GROUPS)

  /** Writes the address to row `n` of its halves. Returns the position of the comma, or -1 if it is not a plain address. */
  read(bytes: Uint8Array, p: number, high: Uint32Array, low: Uint32Array, n: number): number {
    const after = this.dotted(bytes, p)
    const end = after < 0 ? this.colons(bytes, p) : after
    if (end < 0) return -1
    const { groups } = this
    high[n * 2 + 1] = (groups[0]! << 16) | groups[1]!
    high[n * 2] = (groups[2]! << 16) | groups[3]!
    low[n * 2 + 1] = (groups[4]! << 16) | groups[5]!
    low[n * 2] = (groups[6]! << 16) | groups[7]!
    return end
  }

  private dotted(bytes: Uint8Array, start: number): number {
    let p = start
    let value = 0
    for (let i = 0; i < 4; i++) {
      let octet = bytes[p]! ^ 0x30
      if (octet > 9) return -1
      p++
      for (let digits = 1; ; digits++, p++) {
        const digit = bytes[p]! ^ 0x30
        if (digit > 9) break
        if (octet === 0 || digits === 3) return -1
        octet = octet * 10 + digit
      }
      if (octet > 255 || bytes[p] !== (i < 3 ? DOT : COMMA)) return -1
      value = (value << 8) | octet
      p++
    }
    this.groups.fill(0, 0, 5)
    this.groups[5] = 0xffff
    this.groups[6] = value >>> 16
    this.groups[7] = value
    return p - 1
  }

  private colons(bytes: Uint8Array, start: number): number {
    const { groups } = this
    let p = start
    let count = 0
    let gap = -1
    if (bytes[p] === COLON) {
      if (bytes[p + 1] !== COLON) return -1
      gap = 0
      p += 2
    }
    while (gap !== count || bytes[p] !== COMMA) {
      let value = 0
      const last = p + 4
      for (;;) {
        const digit = HEX[bytes[p]!]!
        if (digit === NONE) break
        if (p === last) return -1
        value = (value << 4) | digit
        p++
      }
      if (p === last - 4 || count === GROUPS) return -1
      groups[count++] = value
      if (bytes[p] === COMMA) break
      if (bytes[p++] !== COLON) return -1
      if (bytes[p] === COLON) {
        if (gap >= 0) return -1
        gap = count
        p++
      }
    }
    if (gap < 0) return count === GROUPS ? p : -1
    if (count === GROUPS) return -1
    groups.copyWithin(gap + GROUPS - count, gap, count)
    groups.fill(0, gap, gap + GROUPS - count)
    return p
  }
}
