import { createHash } from 'node:crypto'
import { IPV4_BASE, isIPv4, parseAddress } from '@/lib/flow/address/address'

const ICMP = 1
const ICMPV6 = 58
/** Protocols whose ports are hashed: TCP, UDP, SCTP. */
const WITH_PORTS = [6, 17, 132]

function addressBytes(address: bigint): Buffer {
  const old = isIPv4(address)
  const hex = (old ? address - IPV4_BASE : address).toString(16)
  return Buffer.from(hex.padStart(old ? 8 : 32, '0'), 'hex')
}

/**
 * Returns the Community ID v1 with seed 0, which network tools share for both directions of a flow (https://github.com/corelight/community-id-spec). Null for
 * invalid addresses, and for ICMP, whose ID needs type and code, which flow logs lack.
 */
export function communityId(proto: number, src: string, sport: number, dst: string, dport: number): string | null {
  const [from, to] = [parseAddress(src), parseAddress(dst)]
  if (from === null || to === null || proto === ICMP || proto === ICMPV6) return null
  const [a, b] = [addressBytes(from), addressBytes(to)]
  const order = Buffer.compare(a, b) || sport - dport
  const [first, second, firstPort, secondPort] = order <= 0 ? [a, b, sport, dport] : [b, a, dport, sport]
  const ports = Buffer.alloc(4)
  ports.writeUInt16BE(firstPort, 0)
  ports.writeUInt16BE(secondPort, 2)
  const hash = createHash('sha1').update(Buffer.of(0, 0)).update(first).update(second).update(Buffer.of(proto, 0))
  if (WITH_PORTS.includes(proto)) hash.update(ports)
  return `1:${hash.digest('base64')}`
}
