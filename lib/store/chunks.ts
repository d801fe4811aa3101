import type { ParquetChunk } from './parquet'

/**
 * Typed arrays as Parquet column chunks (https://parquet.apache.org/docs/file-format/data-pages/encodings/): plain where values differ, runs of
 * dictionary indices where they repeat, one byte an index where they are few.
 */

/** Runs shorter than this are not worth encoding. Rows. */
const SHORTEST_RUN = 3
const MOST_ENTRIES = 65_536

function bytesOf(array: Float64Array | Uint32Array | Int32Array): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength)
}

/** Integers from -1 to 2^53 as 64-bit little-endian words. */
function words(values: Float64Array): Uint32Array {
  const out = new Uint32Array(values.length * 2)
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!
    if (value >= 0 && value < 4294967296) out[2 * i] = value
    else {
      out[2 * i] = value >>> 0
      out[2 * i + 1] = value < 0 ? -1 : value / 4294967296
    }
  }
  return out
}

function range64(min: number, max: number): ParquetChunk['range'] {
  return { min: bytesOf(words(Float64Array.of(min))), max: bytesOf(words(Float64Array.of(max))) }
}

/** Every value by itself, as INT64. */
export function plain64(values: Float64Array): ParquetChunk {
  let min = Number.POSITIVE_INFINITY
  let max = Number.NEGATIVE_INFINITY
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!
    if (value < min) min = value
    if (value > max) max = value
  }
  return { body: bytesOf(words(values)), range: range64(min, max) }
}

/** Every value by itself, as DOUBLE: a copy. */
export function plainDouble(values: Float64Array): ParquetChunk {
  return { body: bytesOf(values) }
}

/** Every value by itself, as INT32. */
export function plain32(values: Uint16Array): ParquetChunk {
  return { body: bytesOf(Int32Array.from(values)) }
}

/** 64-bit halves as they lie. */
export function plainHalves(halves: Uint32Array): ParquetChunk {
  return { body: bytesOf(halves) }
}

/** Codes below 256 as INT32: one byte a row. */
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

function varint(value: number): number[] {
  const out: number[] = []
  let rest = value
  while (rest >= 128) {
    out.push((rest & 127) | 128)
    rest >>>= 7
  }
  out.push(rest)
  return out
}

/** Rows at which each run of equal elements ends; `width` elements a row. Null where there are too many. */
function endsOf(values: Float64Array | Uint32Array | Uint16Array, width: 1 | 2): Int32Array | null {
  const rows = values.length / width
  const ends = new Int32Array(Math.ceil(rows / SHORTEST_RUN))
  let count = 0
  for (let i = width; i < values.length; i++) {
    if (values[i] === values[i - width]) continue
    if (count === ends.length - 1) return null
    ends[count++] = width === 1 ? i : i >> 1
    i |= width - 1
  }
  ends[count++] = rows
  return ends.subarray(0, count)
}

/** Run lengths and the dictionary entry of each, with 16-bit indices; null where there are too many entries. */
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

/** Values that come in runs, as INT64. */
export function runs64(values: Float64Array): ParquetChunk {
  const ends = endsOf(values, 1)
  const found = ends && encodeRuns(ends, (row) => values[row]!)
  if (!found) return plain64(values)
  const keys = Float64Array.from(found.keys)
  const least = keys.reduce((a, b) => Math.min(a, b))
  const most = keys.reduce((a, b) => Math.max(a, b))
  return { body: found.body, dictionary: { values: bytesOf(words(keys)), entries: keys.length }, range: range64(least, most) }
}

/** Values that come in runs, as INT32. */
export function runs32(values: Uint16Array): ParquetChunk {
  const ends = endsOf(values, 1)
  const found = ends && encodeRuns(ends, (row) => values[row]!)
  if (!found) return plain32(values)
  return { body: found.body, dictionary: { values: bytesOf(Int32Array.from(found.keys)), entries: found.keys.length } }
}

/** 64-bit halves that come in runs. */
export function runsHalves(halves: Uint32Array): ParquetChunk {
  const ends = endsOf(halves, 2)
  const found =
    ends &&
    encodeRuns(ends, (row) =>
      halves[2 * row + 1] === 0 ? halves[2 * row]! : (BigInt(halves[2 * row + 1]!) << 32n) | BigInt(halves[2 * row]!),
    )
  if (!found) return plainHalves(halves)
  const values = new Uint32Array(found.keys.length * 2)
  found.keys.forEach((key, i) => {
    values[2 * i] = typeof key === 'number' ? key : Number(key & 0xffffffffn)
    values[2 * i + 1] = typeof key === 'number' ? 0 : Number(key >> 32n)
  })
  return { body: found.body, dictionary: { values: bytesOf(values), entries: found.keys.length } }
}
