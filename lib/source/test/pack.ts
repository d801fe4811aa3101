import { crc32, deflateRawSync } from 'node:zlib'

export type Files = Readonly<Record<string, Buffer | string>>

/** Returns a zip archive; `flags` and `method` as APPNOTE numbers them, `size` the plain bytes that it claims instead of the true number. */
export function zipOf(files: Files, { flags = 0x800, method = 8, size }: { flags?: number; method?: number; size?: number } = {}): Buffer {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const [path, text] of Object.entries(files)) {
    const name = Buffer.from(path)
    const plain = Buffer.from(text)
    const packed = method === 8 ? deflateRawSync(plain) : plain
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE(flags, 2)
    common.writeUInt16LE(method, 4)
    common.writeUInt32LE(crc32(plain), 10)
    common.writeUInt32LE(packed.length, 14)
    common.writeUInt32LE(size ?? plain.length, 18)
    common.writeUInt16LE(name.length, 22)
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, name, packed])
    const rest = Buffer.alloc(14)
    rest.writeUInt32LE(at, 10)
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), common, rest, name]))
    parts.push(local)
    at += local.length
  }
  const central = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(directory.length, 8)
  end.writeUInt16LE(directory.length, 10)
  end.writeUInt32LE(central.length, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...parts, central, end])
}

function header(path: string, size: number, type: string): Buffer {
  const block = Buffer.alloc(512)
  block.write(path.slice(0, 100), 0)
  block.write('0000644\0', 100)
  block.write(`${size.toString(8).padStart(11, '0')}\0`, 124)
  block.write('        ', 148)
  block.write(type, 156)
  block.write('ustar\x0000', 257, 'latin1')
  const sum = block.reduce((a, b) => a + b, 0)
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  return block
}

function padded(bytes: Buffer): Buffer {
  return Buffer.concat([bytes, Buffer.alloc((512 - (bytes.length % 512)) % 512)])
}

/** Returns one entry of a tar archive. */
export function tarEntry(path: string, bytes: Buffer, type = '0'): Buffer {
  return Buffer.concat([header(path, bytes.length, type), padded(bytes)])
}

/** Returns a tar archive, its long names in pax or GNU form. */
export function tarOf(files: Files, long: 'pax' | 'gnu' = 'pax'): Buffer {
  const entries = Object.entries(files).flatMap(([path, text]) => {
    const bytes = Buffer.from(text)
    if (Buffer.byteLength(path) <= 100) return [tarEntry(path, bytes)]
    if (long === 'gnu') return [tarEntry('././@LongLink', Buffer.from(`${path}\0`), 'L'), tarEntry(path, bytes)]
    const body = ` path=${path}\n`
    let length = Buffer.byteLength(body) + 2
    while (String(length).length + Buffer.byteLength(body) !== length) length++
    return [tarEntry('PaxHeaders/x', Buffer.from(`${length}${body}`), 'x'), tarEntry(path, bytes)]
  })
  return Buffer.concat([...entries, Buffer.alloc(1024)])
}
