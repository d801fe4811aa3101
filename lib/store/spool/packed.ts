import { bytesOf, plain64, varint } from './chunks'
import { DELTA_BINARY_PACKED, type ParquetChunk } from './parquet'

/** Encodes codes below 256 as INT32: indices with as many bits as the largest needs, one, two, four or eight. */
export function bits(values: Uint8Array): ParquetChunk {
  let all = 0
  for (let i = 0; i < values.length; i++) all |= values[i]!
  const width = all < 2 ? 1 : all < 4 ? 2 : all < 16 ? 4 : 8
  const eights = Math.ceil(values.length / 8)
  const header = [width, ...varint(eights * 2 + 1)]
  const body = new Uint8Array(header.length + eights * width)
  body.set(header)
  const share = 8 / width
  for (let i = 0; i < values.length; i++) body[header.length + Math.floor(i / share)]! |= values[i]! << ((i % share) * width)
  const entries = 2 ** width
  return { body, dictionary: { values: bytesOf(Int32Array.from({ length: entries }, (_, i) => i)), entries } }
}

/**
 * Integers as differences, packed into as few bits as each 32 of them need
 * (https://parquet.apache.org/docs/file-format/data-pages/encodings/#delta-encoding-delta_binary_packed--5).
 */
const BLOCK = 128
const MINIS = 4
const MINI = BLOCK / MINIS
const WORD = 2 ** 32
/** Maximum number of bytes of a varint of 64 bits. */
const VARINT = 10
const deltas = new Uint32Array(BLOCK)

/** Returns the most bytes that a body can take. */
function most(values: number): number {
  return 4 * VARINT + Math.ceil(values / BLOCK) * (VARINT + MINIS + 4 * BLOCK)
}

class Body {
  readonly bytes: Uint8Array
  private readonly view: DataView
  private at = 0

  constructor(values: number, first: number) {
    this.bytes = new Uint8Array(most(values))
    this.view = new DataView(this.bytes.buffer)
    for (const head of [BLOCK, MINIS, values]) this.varint(head)
    this.zigzag(first)
  }

  private varint(value: number): void {
    let rest = value
    while (rest >= 128) {
      this.bytes[this.at++] = (rest % 128) | 128
      rest = Math.floor(rest / 128)
    }
    this.bytes[this.at++] = rest
  }

  private zigzag(value: number): void {
    this.varint(value < 0 ? -2 * value - 1 : 2 * value)
  }

  /** Writes the first `count` of `deltas`, which are relative to `least`; the rest is filled with zeros. */
  block(count: number, least: number): void {
    deltas.fill(0, count)
    this.zigzag(least)
    const widths = this.at
    this.at += MINIS
    for (let mini = 0; mini < MINIS; mini++) {
      const from = mini * MINI
      let all = 0
      for (let i = from; i < from + MINI; i++) all |= deltas[i]!
      const width = 32 - Math.clz32(all)
      this.bytes[widths + mini] = width
      if (width > 0 && from < count) this.pack(from, width)
    }
  }

  /** Packs 32 values of `width` bits into as many words. */
  private pack(from: number, width: number): void {
    const { view } = this
    let at = this.at
    let word = 0
    let filled = 0
    for (let i = from; i < from + MINI; i++) {
      const value = deltas[i]!
      word |= value << filled
      filled += width
      if (filled < 32) continue
      view.setUint32(at, word, true)
      at += 4
      filled -= 32
      word = filled === 0 ? 0 : value >>> (width - filled)
    }
    this.at = at
  }

  chunk(): ParquetChunk {
    return { body: this.bytes.subarray(0, this.at), encoding: DELTA_BINARY_PACKED }
  }
}

/** Encodes as INT32; differences are taken modulo 2^32, as readers add them. */
export function deltas32(values: Uint32Array): ParquetChunk {
  const body = new Body(values.length, values[0]! | 0)
  for (let from = 1; from < values.length; from += BLOCK) {
    const count = Math.min(BLOCK, values.length - from)
    let least = 0x7fffffff
    for (let i = 0; i < count; i++) {
      const delta = (values[from + i]! - values[from + i - 1]!) | 0
      if (delta < least) least = delta
      deltas[i] = delta
    }
    for (let i = 0; i < count; i++) deltas[i] = deltas[i]! - least
    body.block(count, least)
  }
  return body.chunk()
}

/** The largest decrease whose zigzag code, an odd number, a double can hold. */
const MOST_FALL = 2 ** 52

/** Encodes as INT64; plain if differences do not fit into 32 bits, or decrease too far. */
export function deltas64(values: Float64Array): ParquetChunk {
  const body = new Body(values.length, values[0]!)
  for (let from = 1; from < values.length; from += BLOCK) {
    const count = Math.min(BLOCK, values.length - from)
    let least = Number.POSITIVE_INFINITY
    let greatest = Number.NEGATIVE_INFINITY
    for (let i = from; i < from + count; i++) {
      const delta = values[i]! - values[i - 1]!
      if (delta < least) least = delta
      if (delta > greatest) greatest = delta
    }
    if (greatest - least >= WORD || least < -MOST_FALL) return plain64(values)
    for (let i = 0; i < count; i++) deltas[i] = values[from + i]! - values[from + i - 1]! - least
    body.block(count, least)
  }
  return body.chunk()
}
