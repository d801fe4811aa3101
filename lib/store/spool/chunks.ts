import type { ParquetChunk } from './parquet'

/**
 * Typed arrays as Parquet column chunks (https://parquet.apache.org/docs/file-format/data-pages/encodings/): plain if values differ, runs of dictionary indices
 * if they repeat, one byte per index if there are few.
 */

/** Shortest average run that is worth encoding. Rows. */
const SHORTEST_RUN = 3
const MOST_ENTRIES = 65_536
const WORD = 2 ** 32
/** Maximum number of rows of a chunk. */
export const MOST_ROWS = 65_536
/** Each body is written before the next one is requested, so all of them can share this memory. */
const scratch = new ArrayBuffer(MOST_ROWS * 8)

export function bytesOf(array: Float64Array | Uint32Array | Int32Array): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength)
}

/** Returns integers from -1 to 2^53 as 64-bit little-endian words. */
function words(values: Float64Array, out = new Uint32Array(values.length * 2)): Uint32Array {
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!
    if (value >= 0 && value < WORD) {
      out[2 * i] = value
      out[2 * i + 1] = 0
    } else {
      out[2 * i] = value >>> 0
      out[2 * i + 1] = value < 0 ? -1 : value / WORD
    }
  }
  return out
}

function range64(min: number, max: number): ParquetChunk['range'] {
  return { min: bytesOf(words(Float64Array.of(min))), max: bytesOf(words(Float64Array.of(max))) }
}

/** Encodes every value separately, as INT64. */
export function plain64(values: Float64Array): ParquetChunk {
  let min = Number.POSITIVE_INFINITY
  let max = Number.NEGATIVE_INFINITY
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!
    if (value < min) min = value
    if (value > max) max = value
  }
  return { body: bytesOf(words(values, new Uint32Array(scratch, 0, values.length * 2))), range: range64(min, max) }
}

/** Encodes every value separately, as INT32. */
export function plain32(values: Uint32Array): ParquetChunk {
  return { body: bytesOf(values) }
}

/** Returns each value as a word; valid until the next chunk is made. */
export function widened(values: Uint16Array): Uint32Array {
  const out = new Uint32Array(scratch, 0, values.length)
  out.set(values)
  return out
}

/** Returns the lower word of each 64-bit half; valid until the next chunk is made. */
export function lowerWords(halves: Uint32Array): Uint32Array {
  const out = new Uint32Array(scratch, 0, halves.length / 2)
  for (let i = 0; i < out.length; i++) out[i] = halves[2 * i]!
  return out
}

/** Returns the low 32 bits of each value plus `more`; valid until the next chunk is made. */
export function lowWords(values: Float64Array, more: number): Uint32Array {
  const out = new Uint32Array(scratch, 0, values.length)
  for (let i = 0; i < values.length; i++) {
    const value = values[i]! + more
    out[i] = value < WORD ? value : value % WORD
  }
  return out
}

/** Encodes the part of each value plus `more` above its low 32 bits, as INT32; usually all equal. */
export function highs(values: Float64Array, more: number): ParquetChunk {
  const out = new Uint32Array(values.length)
  for (let i = 0; i < values.length; i++) {
    const value = values[i]! + more
    if (value >= WORD) out[i] = value / WORD
  }
  return runs32(out)
}

/** Encodes codes below 256 as INT32: one byte per row. */
export function codes(values: Uint8Array): ParquetChunk {
  let min = 255
  let max = 0
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!
    if (value < min) min = value
    if (value > max) max = value
  }
  const eights = Math.ceil(values.length / 8)
  const header = varint(eights * 2 + 1)
  const body = new Uint8Array(1 + header.length + eights * 8)
  body[0] = 8
  body.set(header, 1)
  body.set(values, 1 + header.length)
  return {
    body,
    dictionary: { values: bytesOf(Int32Array.from({ length: max + 1 }, (_, i) => i)), entries: max + 1 },
    range: { min: bytesOf(Int32Array.of(min)), max: bytesOf(Int32Array.of(max)) },
  }
}

export function varint(value: number): number[] {
  const out: number[] = []
  let rest = value
  while (rest >= 128) {
    out.push((rest & 127) | 128)
    rest >>>= 7
  }
  out.push(rest)
  return out
}

/** Returns the rows at which each run of equal values ends, or null if there are too many. One function per array type, so that the loops stay fast. */
function endsOfDoubles(values: Float64Array): Int32Array | null {
  const ends = new Int32Array(Math.ceil(values.length / SHORTEST_RUN))
  let count = 0
  for (let row = 1; row < values.length; row++) {
    if (values[row] === values[row - 1]) continue
    if (count === ends.length - 1) return null
    ends[count++] = row
  }
  ends[count++] = values.length
  return ends.subarray(0, count)
}

/** The same for rows of `width` words. */
function endsOfWords(values: Uint32Array, width: 1 | 2): Int32Array | null {
  const rows = values.length / width
  const ends = new Int32Array(Math.ceil(rows / SHORTEST_RUN))
  const second = width - 1
  let count = 0
  for (let row = 1; row < rows; row++) {
    const at = row * width
    if (values[at] === values[at - width] && values[at + second] === values[at + second - width]) continue
    if (count === ends.length - 1) return null
    ends[count++] = row
  }
  ends[count++] = rows
  return ends.subarray(0, count)
}

/** Encodes run lengths and the dictionary entry of each, with 16-bit indices; null if there are too many entries. */
function encodeRuns<Key>(ends: Int32Array, key: (row: number) => Key): { body: Uint8Array; keys: Key[] } | null {
  const body = new Uint8Array(1 + ends.length * 7)
  const entries = new Map<Key, number>()
  body[0] = 16
  let at = 1
  let row = 0
  for (const end of ends) {
    const value = key(row)
    let entry = entries.get(value)
    if (entry === undefined) {
      if (entries.size === MOST_ENTRIES) return null
      entry = entries.size
      entries.set(value, entry)
    }
    let header = (end - row) * 2
    while (header >= 128) {
      body[at++] = (header & 127) | 128
      header >>>= 7
    }
    body[at++] = header
    body[at++] = entry & 255
    body[at++] = entry >> 8
    row = end
  }
  return { body: body.subarray(0, at), keys: [...entries.keys()] }
}

/** Encodes values that come in runs, as INT64. */
export function runs64(values: Float64Array): ParquetChunk {
  const ends = endsOfDoubles(values)
  const found = ends && encodeRuns(ends, (row) => values[row]!)
  if (!found) return plain64(values)
  const keys = Float64Array.from(found.keys)
  const least = keys.reduce((a, b) => Math.min(a, b))
  const most = keys.reduce((a, b) => Math.max(a, b))
  return { body: found.body, dictionary: { values: bytesOf(words(keys)), entries: keys.length }, range: range64(least, most) }
}

/** Encodes values that come in runs, as INT32. */
export function runs32(values: Uint32Array): ParquetChunk {
  const ends = endsOfWords(values, 1)
  const found = ends && encodeRuns(ends, (row) => values[row]!)
  if (!found) return { body: bytesOf(values) }
  return { body: found.body, dictionary: { values: bytesOf(Uint32Array.from(found.keys)), entries: found.keys.length } }
}

/** Encodes 64-bit halves that come in runs. */
export function runsHalves(halves: Uint32Array): ParquetChunk {
  const ends = endsOfWords(halves, 2)
  const found =
    ends &&
    encodeRuns(ends, (row) =>
      halves[2 * row + 1] === 0 ? halves[2 * row]! : (BigInt(halves[2 * row + 1]!) << 32n) | BigInt(halves[2 * row]!),
    )
  if (!found) return { body: bytesOf(halves) }
  const values = new Uint32Array(found.keys.length * 2)
  found.keys.forEach((key, i) => {
    values[2 * i] = typeof key === 'number' ? key : Number(key & 0xffffffffn)
    values[2 * i + 1] = typeof key === 'number' ? 0 : Number(key >> 32n)
  })
  return { body: found.body, dictionary: { values: bytesOf(values), entries: found.keys.length } }
}
