/** Reproducible random numbers: mulberry32 over a seed made of a number, a name and an index, so that every source and minute has its own stream. */
export class SeededRandom {
  #state: number

  constructor(seed: number, name: string, index: number) {
    let hash = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ index
    for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193)
    hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d)
    this.#state = hash ^ (hash >>> 13) ^ Math.imul(index, 0x27d4eb2f)
  }

  /** In [0, 1). */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0
    let t = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }

  between(low: number, high: number): number {
    return low + this.next() * (high - low)
  }

  /** An integer, both ends included. */
  int(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1))
  }

  chance(probability: number): boolean {
    return this.next() < probability
  }

  pick<T>(items: readonly T[]): T {
    return items[Math.floor(this.next() * items.length)]!
  }

  exponential(mean: number): number {
    return -mean * Math.log(1 - this.next())
  }

  normal(): number {
    return Math.sqrt(-2 * Math.log(1 - this.next())) * Math.cos(2 * Math.PI * this.next())
  }

  /** Log-normal, by its median and the spread of the logarithm, for sizes of answers and the like. */
  size(median: number, spread: number): number {
    return Math.round(median * Math.exp(spread * this.normal()))
  }

  /** Number of events in a span that has `mean` on average. */
  count(mean: number): number {
    if (mean > 30) return Math.max(0, Math.round(mean + Math.sqrt(mean) * this.normal()))
    const limit = Math.exp(-mean)
    let events = -1
    for (let product = 1; product > limit || events < 0; events++) product *= this.next()
    return Math.max(0, events)
  }

  hex(digits: number): string {
    let text = ''
    while (text.length < digits) text += this.int(0, 0xffff).toString(16).padStart(4, '0')
    return text.slice(0, digits)
  }

  /** A source port after address translation. */
  port(): number {
    return this.int(1024, 65535)
  }

  /** A source port as our own Linux hosts choose them. */
  ephemeral(): number {
    return this.int(32768, 60999)
  }
}
