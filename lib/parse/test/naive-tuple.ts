import { isIPv4, isIPv6 } from 'node:net'
import type { Format } from '@/lib/flow/tuple/tuple'

/** The columns of a tuple in words; counters are null if nothing was measured. */
export interface NaiveTuple {
  time: number
  src: string
  dst: string
  sport: number
  dport: number
  proto: string
  dir: string
  action: string
  state: string
  enc: string | null
  packetsSent: number | null
  bytesSent: number | null
  packetsReceived: number | null
  bytesReceived: number | null
}

export class Refused {
  constructor(readonly reason: string) {}
}

const WEEK = 604_800_000
const NAMED_ENCRYPTIONS = /^(X|NX|NX_(HW_NOT_SUPPORTED|SW_NOT_READY|NOT_ACCEPTED|NOT_SUPPORTED|LOCAL_DST|FALLBACK))$/
const NAMED_STATES: Record<string, string> = { B: 'begin', C: 'continue', E: 'end' }

function whole(text: string, reason: string, most: number): number {
  const value = /^[0-9]+$/.test(text) ? BigInt(text) : -1n
  if (value < 0n || value > BigInt(most)) throw new Refused(reason)
  return Number(value)
}

/** Returns canonical text: Node decides what is an address, the URL parser how it is written. */
function address(text: string, warnings: string[]): string {
  if (isIPv4(text)) return text
  let bare = text
  if (text.includes(':') && text.includes('%')) {
    bare = text.replace(/%.*$/s, text.endsWith(']') ? ']' : '')
    warnings.push('zone')
  }
  if (bare.startsWith('[') && bare.endsWith(']')) bare = bare.slice(1, -1)
  if (!isIPv6(bare)) throw new Refused('address')
  const name = new URL(`http://[${bare}]/`).hostname.slice(1, -1)
  const mapped = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(name)
  if (!mapped) return name
  const [high, low] = [Number.parseInt(mapped[1]!, 16), Number.parseInt(mapped[2]!, 16)]
  return `${high >> 8}.${high & 255}.${low >> 8}.${low & 255}`
}

function either(text: string, words: Record<string, string>, reason: string): string {
  const word = Object.hasOwn(words, text) ? words[text] : undefined
  if (word === undefined) throw new Refused(reason)
  return word
}

/**
 * Splits a tuple at its commas and reads it field by field. Adds oddities to `warnings`.
 * @throws Refused
 */
export function naiveTuple(text: string, format: Format, recordTime: number, warnings: string[]): NaiveTuple {
  if (text.length === 0) throw new Refused('empty')
  const cells = text.split(',')
  const [fewest, known] = format === 'nsg-v1' ? [8, 8] : [9, 13]
  if (cells.length < fewest) throw new Refused('columns')
  if (cells.slice(known).join('') !== '') warnings.push('columns-more')
  const stamp = whole(cells[0]!, 'time', Number.MAX_SAFE_INTEGER)
  const time = stamp >= 100_000_000_000 ? stamp : stamp * 1000
  if (time < recordTime - WEEK || time > recordTime + WEEK) throw new Refused('time')
  const src = address(cells[1]!, warnings)
  const dst = address(cells[2]!, warnings)
  const sport = whole(cells[3]!, 'port', 65535)
  const dport = whole(cells[4]!, 'port', 65535)
  const vnet = format === 'vnet-v4'
  let proto: string
  if (vnet && /^[0-9]+$/.test(cells[5]!) && BigInt(cells[5]!) <= 255n) proto = String(Number(cells[5]))
  else if (!vnet && (cells[5] === 'T' || cells[5] === 'U')) proto = cells[5] === 'T' ? '6' : '17'
  else {
    proto = `other ${cells[5]}`
    warnings.push('protocol')
  }
  const dir = either(cells[6]!, { I: 'in', O: 'out' }, 'direction')
  let action = vnet ? 'allow' : either(cells[7]!, { A: 'allow', D: 'deny' }, 'decision')
  let state = 'none'
  if (format !== 'nsg-v1') {
    const token = cells[vnet ? 7 : 8]!
    if (vnet && token === 'D') state = action = 'deny'
    else if (Object.hasOwn(NAMED_STATES, token)) state = NAMED_STATES[token]!
    else {
      state = `other ${token}`
      warnings.push('state')
    }
  }
  const enc = vnet ? cells[8]! : null
  if (enc !== null && !NAMED_ENCRYPTIONS.test(enc)) warnings.push('encryption')
  const counters = [9, 10, 11, 12].map((i) => (cells[i] && format !== 'nsg-v1' ? whole(cells[i]!, 'counter', 8_796_093_022_208) : null))
  const idle = vnet && (state === 'begin' || state === 'deny') && counters.join() === '0,0,0,0'
  const [packetsSent, bytesSent, packetsReceived, bytesReceived] = (idle ? [null, null, null, null] : counters) as [
    number | null,
    number | null,
    number | null,
    number | null,
  ]
  return { time, src, dst, sport, dport, proto, dir, action, state, enc, packetsSent, bytesSent, packetsReceived, bytesReceived }
}
