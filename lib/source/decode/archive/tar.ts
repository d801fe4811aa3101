import { Problem } from '@/lib/flow/problem'
import type { DecodeBounds } from '@/lib/source/decode/bytes/bounds'
import { isTarHeader } from '@/lib/source/decode/bytes/packing'
import type { Stream } from '@/lib/source/decode/bytes/stream'

/** Bytes with random access. */
export interface RandomAccess {
  readonly length: number
  read(from: number, to: number, signal: AbortSignal): Stream
}

/** One file of an archive. */
export interface TarEntry {
  /** Separated by `/`. */
  path: string
  /** Plain bytes, as the archive claims. */
  size: number
  /** Bytes in the archive. */
  packed: number
  open(from: number, to: number, signal: AbortSignal): Stream
}

const BLOCK = 512
/** Bytes of the windows in which headers are read: the headers of small files are close together. */
const WINDOW = 64 * 1024
/** A long name or attributes of more bytes are ignored. */
const MOST_META = 1024 * 1024

/**
 * Returns the regular files of a tar archive: ustar, pax and GNU forms (pubs.opengroup.org, pax; www.gnu.org/software/tar/manual, Basic Tar). Leaves out links,
 * folders and devices. Calls `report` if a damaged header hides the rest; the files before it are kept.
 */
export async function tarEntries(
  name: string,
  tar: RandomAccess,
  bounds: DecodeBounds,
  signal: AbortSignal,
  report: (problem: Problem) => void,
): Promise<TarEntry[]> {
  const entries: TarEntry[] = []
  const bytes = new Window(tar, signal)
  const fail = (what: string) => report(new Problem('source', `${name} ${what}`, { where: name }))
  let shared: Meta = {}
  let next: Meta = {}
  for (let at = 0; at < tar.length; ) {
    const block = await bytes.at(at, BLOCK)
    if (block.every((byte) => byte === 0)) {
      if (!block.length || block.length < BLOCK) break
      at += BLOCK
      continue
    }
    if (!isTarHeader(block)) {
      fail(`is damaged at byte ${at}: ${entries.length} files before that are read, what follows is not`)
      break
    }
    const meta = { ...shared, ...next }
    const written = numberAt(block, 124, 12)
    const type = String.fromCharCode(block[156]!)
    const isMeta = 'LKxgX'.includes(type)
    const size = isMeta ? written : (meta.size ?? written)
    const from = at + BLOCK
    if (!Number.isSafeInteger(size) || size < 0) {
      fail(`is damaged at byte ${at}: a file in it has no size`)
      break
    }
    at = from + Math.ceil(size / BLOCK) * BLOCK
    if (isMeta) {
      const text = size > MOST_META ? new Uint8Array() : await bytes.at(from, size)
      if (type === 'L') next = { ...next, path: textOf(text) }
      else if (type === 'g') shared = { ...shared, ...paxOf(text) }
      else if (type !== 'K') next = { ...next, ...paxOf(text) }
      continue
    }
    next = {}
    const path = meta.path ?? pathOf(block)
    if (type === 'S' || meta.sparse) {
      fail(`: ${path} is stored sparse and is not read`)
      continue
    }
    if (type !== '0' && type !== '\0' && type !== '7') continue
    if (path.endsWith('/')) continue
    if (entries.length >= bounds.entries) {
      fail(`holds more than ${bounds.entries} files: the rest is not read`)
      break
    }
    const end = Math.min(from + size, tar.length)
    if (end < from + size) fail(`ends in the middle of ${path}`)
    entries.push({
      path,
      size,
      packed: size,
      open: async function* (first, last, signal) {
        yield* tar.read(Math.min(end, from + first), Math.min(end, from + last), signal)
        if (end < from + Math.min(size, last)) throw new Problem('source', `${name} ends in the middle of ${path}`, { where: name })
      },
    })
  }
  return entries
}

interface Meta {
  path?: string
  size?: number
  sparse?: boolean
}

class Window {
  private from = 0
  private bytes: Uint8Array = new Uint8Array()

  constructor(
    private readonly random: RandomAccess,
    private readonly signal: AbortSignal,
  ) {}

  /** Returns fewer bytes at the end of the archive. */
  async at(at: number, count: number): Promise<Uint8Array> {
    if (at < this.from || at + count > this.from + this.bytes.length) {
      const parts: Uint8Array[] = []
      const end = Math.min(this.random.length, at + Math.max(count, WINDOW))
      if (at < end) for await (const chunk of this.random.read(at, end, this.signal)) parts.push(chunk)
      this.bytes = Buffer.concat(parts)
      this.from = at
    }
    return this.bytes.subarray(at - this.from, at - this.from + count)
  }
}

function textOf(bytes: Uint8Array): string {
  const end = bytes.indexOf(0)
  return Buffer.from(end < 0 ? bytes : bytes.subarray(0, end)).toString('utf8')
}

function pathOf(block: Uint8Array): string {
  const name = textOf(block.subarray(0, 100))
  const isPosix = textOf(block.subarray(257, 263)) === 'ustar' && block[262] === 0
  const prefix = isPosix ? textOf(block.subarray(345, 500)) : ''
  return prefix === '' ? name : `${prefix}/${name}`
}

/** Octal text, or GNU's base-256 for sizes of 8 GiB and more. */
function numberAt(block: Uint8Array, at: number, length: number): number {
  if (block[at]! & 0x80) {
    let value = block[at]! & 0x7f
    for (let i = 1; i < length; i++) value = value * 256 + block[at + i]!
    return value
  }
  const text = Buffer.from(block.subarray(at, at + length))
    .toString('latin1')
    .replace(/[\0 ]/g, '')
  return text === '' ? 0 : /^[0-7]+$/.test(text) ? Number.parseInt(text, 8) : Number.NaN
}

/** Reads lines of `LENGTH KEY=VALUE\n`; LENGTH counts the whole line in bytes. */
function paxOf(bytes: Uint8Array): Meta {
  const meta: Meta = {}
  for (let at = 0; at < bytes.length; ) {
    const space = bytes.indexOf(0x20, at)
    const length = Number(Buffer.from(bytes.subarray(at, space < 0 ? at : space)).toString('latin1'))
    if (space < 0 || !Number.isInteger(length) || length <= space - at) return meta
    const [, key = '', value = ''] = /^([^=]*)=(.*)$/s.exec(Buffer.from(bytes.subarray(space + 1, at + length - 1)).toString('utf8')) ?? []
    if (key === 'path') meta.path = value
    else if (key === 'size') meta.size = Number(value)
    else if (key.startsWith('GNU.sparse')) meta.sparse = true
    at += length
  }
  return meta
}
