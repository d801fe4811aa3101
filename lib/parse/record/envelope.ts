import type { EnvelopeReason } from '@/lib/flow/reading/reasons'
import type { SourceSpan } from '@/lib/parse/json/enclosed'
import { firstKey, UNDECIDED } from '@/lib/parse/json/first-key'
import { decodeString, type JsonReader } from '@/lib/parse/json/json'
import * as K from '@/lib/parse/json/keys'

const BRACE = 0x7b
const BRACKET = 0x5b
const QUOTE = 0x22
const SPACE = 0x20
const BACKSLASH = 0x5c

const KINDS: ReadonlyMap<string, EnvelopeReason> = new Map([
  ['records', 'envelope-records'],
  ['event', 'envelope-event'],
  ['value', 'envelope-value'],
])

/** Finds records below the keys that shippers and exports put around them. */
export class Envelope {
  /** The kind of envelope that was opened; null for none, or for the array that Azure itself writes. */
  kind: EnvelopeReason | null = null
  /** True if it was an object, which may have further members after the record. */
  isObject = false
  /** A string of the object that may hold records as text: its bytes between the quotes. */
  text: SourceSpan | null = null
  /** The same for a string in place of an object below the record. */
  flows: SourceSpan | null = null

  constructor(private readonly json: JsonReader) {}

  begin(): void {
    this.text = null
    this.flows = null
    this.kind = null
    this.isObject = false
  }

  /** Called at the value of a key that may hold records. `opened` moves the reader to the first of them, `closed` leaves it. */
  open(key: number): 'opened' | 'closed' | 'broken' {
    const { json } = this
    const { bytes, end, textStart, textEnd, escaped } = json
    const first = json.peek()
    if (first === QUOTE) {
      const text = this.document()
      if (text === undefined) return 'broken'
      this.text ??= text
      return 'closed'
    }
    if (first !== BRACE && (first !== BRACKET || key === K.RECORDS)) return 'closed'
    const begun = json.p
    if (first === BRACKET) {
      json.p++
      json.space()
    }
    const brace = json.p
    const c = json.peek()
    json.p = begun
    if (c === -1) return json.fail(end) || 'broken'
    const inner = c === BRACE ? firstKey(bytes, brace, end) : c === QUOTE ? documentKey(bytes, brace, end) : K.OTHER
    if (inner === UNDECIDED) return json.fail(end) || 'broken'
    if (!K.isHead(inner) && inner !== K.ENVELOPE) return 'closed'
    this.kind = KINDS.get(decodeString(bytes, textStart, textEnd, escaped).toLowerCase()) ?? 'envelope-other'
    this.isObject = first === BRACE
    json.p = brace
    return 'opened'
  }

  /** Called at the value of a key that holds flows. False if the value is broken. */
  takeFlows(): boolean {
    if (this.json.peek() !== QUOTE) return true
    const text = this.document()
    this.flows = text ?? this.flows
    return text !== undefined
  }

  /** Returns the text of the string at the reader's position if a document may begin in it, otherwise null; undefined if the string is broken. */
  private document(): SourceSpan | null | undefined {
    const { json } = this
    const begun = json.p
    if (!json.string()) return undefined
    const { bytes, textStart: start, textEnd: end } = json
    json.p = begun
    return beginsDocument(bytes, start, end) === true ? { start, end } : null
  }
}

/** True if the text `bytes[p, end)` of a string begins JSON that may hold records; null if the bytes end too early to decide. */
export function beginsDocument(bytes: Uint8Array, from: number, end: number): boolean | null {
  let p = from
  while (p < end && bytes[p] === SPACE) p++
  if (p >= end) return null
  if (bytes[p] === BRACE || bytes[p] === BRACKET) return true
  if (bytes[p] !== BACKSLASH) return false
  return p + 1 < end ? bytes[p + 1] === QUOTE : null
}

/** Returns the key code for the string at `quote`: ENVELOPE if it may be a document, OTHER if not, UNDECIDED if the bytes end too early. */
function documentKey(bytes: Uint8Array, quote: number, end: number): number {
  const begins = beginsDocument(bytes, quote + 1, end)
  return begins === null ? UNDECIDED : begins ? K.ENVELOPE : K.OTHER
}
