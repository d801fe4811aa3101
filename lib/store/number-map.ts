const LEAST = 1024
/** Keys are never negative, so this marks a free slot. */
const FREE = -1

/**
 * A map from integers to integers, both from 0 to 2^53 - 1, outside the JavaScript heap: 16 to 48 bytes per entry, while a `Map` takes about 80 bytes of a heap
 * that may be small.
 */
export class NumberMap {
  private keys = new Float64Array(LEAST).fill(FREE)
  private values = new Float64Array(LEAST)
  private used = 0

  get size(): number {
    return this.used
  }

  get(key: number): number | undefined {
    const at = this.placeOf(key)
    return this.keys[at] === FREE ? undefined : this.values[at]
  }

  set(key: number, value: number): void {
    if ((this.used + 1) * 3 > this.keys.length * 2) this.grow()
    const at = this.placeOf(key)
    if (this.keys[at] === FREE) {
      this.keys[at] = key
      this.used++
    }
    this.values[at] = value
  }

  /** Returns the slot of the key, or the free slot for it. */
  private placeOf(key: number): number {
    const mask = this.keys.length - 1
    const low = key % 0x1_0000_0000
    const high = (key - low) / 0x1_0000_0000
    let at = Math.imul(low ^ Math.imul(high, 0x9e37_79b1), 0x85eb_ca6b)
    at = (at ^ (at >>> 15)) & mask
    while (this.keys[at] !== key && this.keys[at] !== FREE) at = (at + 1) & mask
    return at
  }

  private grow(): void {
    const { keys, values } = this
    this.keys = new Float64Array(keys.length * 2).fill(FREE)
    this.values = new Float64Array(keys.length * 2)
    for (let i = 0; i < keys.length; i++) {
      if (keys[i] === FREE) continue
      const at = this.placeOf(keys[i]!)
      this.keys[at] = keys[i]!
      this.values[at] = values[i]!
    }
  }
}
