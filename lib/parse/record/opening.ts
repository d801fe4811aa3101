import type { JsonReader } from '@/lib/parse/json/json'

const QUOTE = 0x22
const BACKSLASH = 0x5c
/** A longer name is left to those who know how long one may be. Bytes. */
const LONGEST = 256

const encoder = new TextEncoder()

/** How Azure spells the beginning of an object that says one name and then holds one array. */
export interface Spelling {
  /** Up to the name's first byte. */
  before: Uint8Array
  /** From the name's closing quote up to the array's bracket, with it. */
  between: Uint8Array
}

export function spelling(says: string, holds: string): Spelling {
  return { before: encoder.encode(`{"${says}":"`), between: encoder.encode(`","${holds}":[`) }
}

/**
 * Steps from an object's brace to the bracket of its array, leaving the name in `textStart` and `textEnd`. False, the reader standing where it did,
 * where it is spelled in any other way, which the reader of single keys knows.
 */
export function openAsSpelled(json: JsonReader, { before, between }: Spelling): boolean {
  const { bytes, end, p } = json
  if (p + before.length + between.length > end) return false
  for (let i = 0; i < before.length; i++) if (bytes[p + i] !== before[i]) return false
  const start = p + before.length
  const most = Math.min(end - between.length, start + LONGEST)
  let close = start
  for (; close <= most; close++) {
    const c = bytes[close]!
    if (c === QUOTE) break
    if (c < 0x20 || c === BACKSLASH) return false
  }
  if (close > most) return false
  for (let i = 1; i < between.length; i++) if (bytes[close + i] !== between[i]) return false
  json.textStart = start
  json.textEnd = close
  json.escaped = false
  json.p = close + between.length - 1
  return true
}
