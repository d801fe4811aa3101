import type { Wide } from './packing'
import type { Stream } from './stream'

/** Yields UTF-16 or UTF-32 as UTF-8, without its byte order mark. Invalid sequences become U+FFFD, as Unicode requires. */
export async function* fromWide(stream: Stream, encoding: Wide): AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined> {
  const decoder = encoding === 'utf-32le' || encoding === 'utf-32be' ? new Utf32(encoding === 'utf-32le') : new TextDecoder(encoding)
  const encoder = new TextEncoder()
  for await (const chunk of stream) {
    const bytes = encoder.encode(decoder.decode(chunk, { stream: true }))
    if (bytes.length > 0) yield own(bytes)
  }
  const rest = encoder.encode(decoder.decode())
  if (rest.length > 0) yield own(rest)
}

/** A decoder of UTF-32, which TextDecoder does not support. */
class Utf32 {
  private readonly begun = new Uint8Array(4)
  private length = 0
  private isFirst = true

  constructor(private readonly isLittle: boolean) {}

  decode(chunk?: Uint8Array, _options?: { stream: boolean }): string {
    if (chunk === undefined) return this.length > 0 ? '\ufffd' : ''
    const text: string[] = []
    for (const byte of chunk) {
      this.begun[this.length++] = byte
      if (this.length === 4) text.push(this.character())
    }
    return text.join('')
  }

  private character(): string {
    const code = new DataView(this.begun.buffer).getUint32(0, this.isLittle)
    const isMark = this.isFirst && code === 0xfeff
    this.isFirst = false
    this.length = 0
    if (isMark) return ''
    return code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff) ? '\ufffd' : String.fromCodePoint(code)
  }
}

function own(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  return bytes.byteLength === bytes.buffer.byteLength ? bytes : bytes.slice()
}
