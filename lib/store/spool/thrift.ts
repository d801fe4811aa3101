/**
 * Writer for the part of the Thrift compact protocol that Parquet's metadata needs
 * (https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md).
 */
const I32 = 5
const I64 = 6
const BINARY = 8
const LIST = 9
const STRUCT = 12

export type Thrift =
  | { i32: number }
  | { i64: number }
  | { text: string }
  | { bytes: Uint8Array }
  | { struct: ThriftStruct }
  | { list: Thrift[] }

/** Fields by id. */
export type ThriftStruct = Record<number, Thrift>

function typeOf(value: Thrift): number {
  if ('i32' in value) return I32
  if ('i64' in value) return I64
  if ('text' in value || 'bytes' in value) return BINARY
  return 'list' in value ? LIST : STRUCT
}

function varint(out: number[], value: number): void {
  let rest = value
  while (rest >= 128) {
    out.push((rest % 128) | 128)
    rest = Math.floor(rest / 128)
  }
  out.push(rest)
}

function writeValue(out: number[], value: Thrift): void {
  if ('i32' in value) varint(out, value.i32 * 2)
  else if ('i64' in value) varint(out, value.i64 * 2)
  else if ('text' in value) {
    const bytes = new TextEncoder().encode(value.text)
    varint(out, bytes.length)
    out.push(...bytes)
  } else if ('bytes' in value) {
    varint(out, value.bytes.length)
    out.push(...value.bytes)
  } else if ('list' in value) {
    const type = value.list[0] ? typeOf(value.list[0]) : STRUCT
    if (value.list.length < 15) out.push((value.list.length << 4) | type)
    else {
      out.push(0xf0 | type)
      varint(out, value.list.length)
    }
    for (const item of value.list) writeValue(out, item)
  } else writeStruct(out, value.struct)
}

function writeStruct(out: number[], struct: ThriftStruct): void {
  let last = 0
  for (const key of Object.keys(struct).map(Number)) {
    const value = struct[key]!
    out.push(((key - last) << 4) | typeOf(value))
    writeValue(out, value)
    last = key
  }
  out.push(0)
}

/** Returns the bytes of one struct; its integers must not be negative, its field ids at most 15 apart. */
export function encodeThrift(struct: ThriftStruct): Uint8Array {
  const out: number[] = []
  writeStruct(out, struct)
  return Uint8Array.from(out)
}
