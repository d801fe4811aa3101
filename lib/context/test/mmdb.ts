import { IPV4_BASE, parseCidr } from '@/lib/flow/address/address'

type Data = string | number | { [key: string]: Data }

function head(type: number, size: number): Buffer {
  const first = type > 7 ? 0 : type << 5
  const more = type > 7 ? [type - 7] : []
  if (size < 29) return Buffer.from([first | size, ...more])
  return Buffer.from([first | 29, ...more, size - 29])
}

/** Encodes a value as in https://maxmind.github.io/MaxMind-DB/: texts, 32-bit numbers and maps. */
function encode(value: Data): Buffer {
  if (typeof value === 'string') return Buffer.concat([head(2, Buffer.byteLength(value)), Buffer.from(value)])
  if (typeof value === 'number') {
    const bytes = Buffer.alloc(4)
    bytes.writeUInt32BE(value)
    return Buffer.concat([head(6, 4), bytes])
  }
  const entries = Object.entries(value)
  return Buffer.concat([head(7, entries.length), ...entries.flatMap(([key, inner]) => [encode(key), encode(inner)])])
}

interface Node {
  children: [Node | number | null, Node | number | null]
}

/** Returns a database with these networks, inner ones after outer ones; IPv4 networks are below ::/96. */
export function makeMmdb(type: string, networks: readonly [cidr: string, data: Data][]): Buffer {
  const root: Node = { children: [null, null] }
  const datas: Buffer[] = []
  let length = 0
  for (const [cidr, data] of networks) {
    const range = parseCidr(cidr)!
    const isV4 = !cidr.includes(':')
    const first = isV4 ? range.first - IPV4_BASE : range.first
    const bits = 128 - ((range.last - range.first + 1n).toString(2).length - 1)
    let node = root
    for (let depth = 0; depth < bits - 1; depth++) {
      const side = Number((first >> BigInt(127 - depth)) & 1n) as 0 | 1
      const child = node.children[side]
      const next: Node = typeof child === 'object' && child !== null ? child : { children: [child, child] }
      node.children[side] = next
      node = next
    }
    node.children[Number((first >> BigInt(128 - bits)) & 1n) as 0 | 1] = length
    const encoded = encode(data)
    datas.push(encoded)
    length += encoded.length
  }
  const nodes: Node[] = []
  const number = new Map<Node, number>()
  const collect = (node: Node): void => {
    number.set(node, nodes.push(node) - 1)
    for (const child of node.children) if (typeof child === 'object' && child !== null) collect(child)
  }
  collect(root)
  const tree = Buffer.alloc(nodes.length * 8)
  nodes.forEach(({ children }, i) => {
    children.forEach((child, side) => {
      const value = child === null ? nodes.length : typeof child === 'number' ? nodes.length + 16 + child : number.get(child)!
      tree.writeUInt32BE(value, i * 8 + side * 4)
    })
  })
  const metadata = encode({
    binary_format_major_version: 2,
    binary_format_minor_version: 0,
    build_epoch: 1_735_689_600,
    database_type: type,
    ip_version: 6,
    node_count: nodes.length,
    record_size: 32,
  })
  return Buffer.concat([tree, Buffer.alloc(16), ...datas, Buffer.from('abcdef4d61784d696e642e636f6d', 'hex'), metadata])
}
