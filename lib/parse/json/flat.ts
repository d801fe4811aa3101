import { decodeString, type JsonReader } from './json'
import { END } from './keys'

const QUOTE = 0x22

/** Columns of an NSG tuple by their names in the connector for Event Hubs (microsoft/AzureNetworkWatcherNSGFlowLogsConnector, `DenormalizedRecord`). */
const COLUMNS = [
  ...['starttime', 'sourceaddress', 'destinationaddress', 'sourceport', 'destinationport', 'transportprotocol', 'devicedirection'],
  ...['deviceaction', 'flowstate', 'packetsstod', 'bytesstod', 'packetsdtos', 'bytesdtos'],
]
/** Number of columns in version 1. */
const FEWEST = 8
const OTHERS = ['version', 'nsgrulename', 'mac']

/** A record that is a single tuple, with its columns as members. */
export interface Flat {
  version: number
  rule: string
  mac: string
  /** Its columns, joined by commas. */
  text: string
  /** Position of its time. */
  start: number
  end: number
}

/** Reads the object at the reader's position, which is known to be JSON, as a single tuple; null if it is not one. */
export function readFlat(json: JsonReader): Flat | null {
  const values = new Map<string, string>()
  let [start, end] = [-1, -1]
  for (let key = json.firstKey(); key !== END; key = json.nextKey()) {
    const name = decodeString(json.bytes, json.textStart, json.textEnd, json.escaped).toLowerCase()
    const from = json.p
    const isText = json.peek() === QUOTE
    json.value(2)
    if (!COLUMNS.includes(name) && !OTHERS.includes(name)) continue
    const [a, b] = isText ? [json.textStart, json.textEnd] : [from, json.p]
    values.set(name, decodeString(json.bytes, a, b, isText && json.escaped).toWellFormed())
    if (name === COLUMNS[0]) [start, end] = [a, b]
  }
  if (COLUMNS.slice(0, FEWEST).some((name) => !values.has(name))) return null
  const version = Number(values.get('version') ?? (values.has('flowstate') ? 2 : 1))
  if (version !== 1 && version !== 2) return null
  const cells = COLUMNS.slice(0, version === 1 ? FEWEST : COLUMNS.length).map((name) => values.get(name) ?? '')
  if (cells.some((cell) => cell.includes(','))) return null
  return { version, rule: values.get('nsgrulename') ?? '', mac: values.get('mac') ?? '', text: cells.join(','), start, end }
}
