import { decodeString, type JsonReader } from '@/lib/parse/json/json'
import type { Name, NameTable } from '@/lib/parse/json/names'

const QUOTE = 0x22
/** Longest name in bytes as written; a longer one causes its record to be rejected. */
const LONGEST_NAME = 4096

/** Stands for a name that is too long. */
export const LONG_NAME: Name = { text: '', bytes: new Uint8Array(0) }
export const NO_NAME: Name = { text: '', bytes: new Uint8Array(0) }

/** Reads the single values of records and of the objects in them. */
export class ValueReader {
  constructor(
    private readonly json: JsonReader,
    private readonly names: NameTable,
  ) {}

  /** Reads a string as a name (or LONG_NAME); null for another value, undefined if it is not JSON. */
  name(depth: number): Name | null | undefined {
    const { json } = this
    if (json.peek() !== QUOTE) return json.value(depth) ? null : undefined
    if (!json.string()) return undefined
    if (json.textEnd - json.textStart > LONGEST_NAME) return LONG_NAME
    return this.names.of(json.bytes, json.textStart, json.textEnd, json.escaped)
  }

  /** Returns the name in `bytes[start, end)`, which has at most LONGEST_NAME bytes and no escapes. */
  nameBetween(start: number, end: number): Name {
    return this.names.of(this.json.bytes, start, end, false)
  }

  /** Reads a string of at most LONGEST_NAME bytes; null for another value, undefined if it is not JSON. */
  text(depth: number): string | null | undefined {
    const { json } = this
    if (json.peek() !== QUOTE) return json.value(depth) ? null : undefined
    if (!json.string()) return undefined
    return json.textEnd - json.textStart > LONGEST_NAME ? null : decodeString(json.bytes, json.textStart, json.textEnd, json.escaped)
  }

  /** Reads a version written as a number or as digits; NaN for another value, undefined if it is not JSON. */
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

/** Returns a MAC in any spelling as upper-case hex digits; empty if it has none. */
export function normaliseMac(text: string): string {
  if (/^\s*none\s*$/i.test(text)) return ''
  return text.replace(/[^0-9a-fA-F]/g, '').toUpperCase()
}
