import { decodeString, type JsonReader } from '@/lib/parse/json/json'
import type { Name, Names } from '@/lib/parse/json/names'

const QUOTE = 0x22
/** Bytes of a name as written; a longer one refuses its record. */
const LONGEST_NAME = 4096

/** Stands for a name that is too long to be one. */
export const LONG_NAME: Name = { text: '', bytes: new Uint8Array(0) }
export const NO_NAME: Name = { text: '', bytes: new Uint8Array(0) }

/** Reads the single values that records and the objects in them give. */
export class Values {
  constructor(
    private readonly json: JsonReader,
    private readonly names: Names,
  ) {}

  /** A string as a name (or LONG_NAME), null for another value, undefined when it is no JSON. */
  name(depth: number): Name | null | undefined {
    const { json } = this
    if (json.peek() !== QUOTE) return json.value(depth) ? null : undefined
    if (!json.string()) return undefined
    if (json.textEnd - json.textStart > LONGEST_NAME) return LONG_NAME
    return this.names.of(json.bytes, json.textStart, json.textEnd, json.escaped)
  }

  /** The name in `bytes[start, end)`, which is at most LONGEST_NAME bytes without escapes. */
  nameBetween(start: number, end: number): Name {
    return this.names.of(this.json.bytes, start, end, false)
  }

  /** A string of at most LONGEST_NAME bytes, null for another value, undefined when it is no JSON. */
  text(depth: number): string | null | undefined {
    const { json } = this
    if (json.peek() !== QUOTE) return json.value(depth) ? null : undefined
    if (!json.string()) return undefined
    return json.textEnd - json.textStart > LONGEST_NAME ? null : decodeString(json.bytes, json.textStart, json.textEnd, json.escaped)
  }

  /** A version written as a number or as digits; NaN for another value, undefined when it is no JSON. */
  version(depth: number): number | undefined {
    const { json } = this
    const from = json.p
    const first = json.peek()
    if (first === 0x2d || (first >= 0x30 && first <= 0x39))
      return json.value(depth) ? Number(decodeString(json.bytes, from, json.p, false)) : undefined
    const text = this.text(depth)
    if (text === undefined) return undefined
    return text !== null && /^\d+$/.test(text) ? Number(text) : Number.NaN
  }
}

/** A MAC in any spelling as upper-case hex digits; empty when there are none. */
export function normaliseMac(text: string): string {
  if (/^\s*none\s*$/i.test(text)) return ''
  return text.replace(/[^0-9a-fA-F]/g, '').toUpperCase()
}
