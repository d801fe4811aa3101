import { isHead, keyOf, OTHER } from './keys'

/** Longest space between a brace, its first key and the colon at the beginning of a record. Bytes. */
const MOST_SPACE = 64
/** Bytes. */
const LONGEST = 64
/** No object with a first key begins there. */
export const NO_KEY = -1
/** The bytes end too early to decide. */
export const UNDECIDED = -2

function space(bytes: Uint8Array, from: number, end: number): number {
  let p = from
  while (p < end && p - from < MOST_SPACE) {
    const c = bytes[p]!
    if (c !== 0x20 && c !== 0x0a && c !== 0x0d && c !== 0x09) return p
    p++
  }
  return p
}

/** Returns the position in `bytes[from, end)` at which the next record begins, or `end`. */
export function nextRecord(bytes: Uint8Array, from: number, end: number): number {
  for (let p = bytes.indexOf(0x7b, from); p >= 0 && p < end; p = bytes.indexOf(0x7b, p + 1)) if (isHead(firstKey(bytes, p, end))) return p
  return end
}

/**
 * Returns the first key of the object that begins with the brace `bytes[p]`, as a code of `keys.ts`, from its first bytes only: NO_KEY if there is no key in
 * plain letters, OTHER for a key that we do not read.
 */
export function firstKey(bytes: Uint8Array, p: number, end: number): number {
  const quote = space(bytes, p + 1, end)
  if (quote >= end) return UNDECIDED
  if (bytes[quote] !== 0x22) return NO_KEY
  const start = quote + 1
  let close = start
  for (; close < end && bytes[close] !== 0x22; close++) {
    const c = bytes[close]!
    if (c < 0x20 || c === 0x5c || close - start >= LONGEST) return NO_KEY
  }
  if (close >= end) return UNDECIDED
  const colon = space(bytes, close + 1, end)
  if (colon >= end) return UNDECIDED
  if (bytes[colon] !== 0x3a) return NO_KEY
  return close === start ? OTHER : keyOf(bytes, start, close)
}
