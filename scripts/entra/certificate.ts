import { type KeyObject, randomBytes, sign } from 'node:crypto'
import { isIP } from 'node:net'

/** DER (X.690): a tag, the length of the content, and the content. */
function der(tag: number, ...parts: Uint8Array[]): Buffer {
  const body = Buffer.concat(parts)
  const digits = body.length.toString(16)
  const long = Buffer.from(digits.length % 2 === 0 ? digits : `0${digits}`, 'hex')
  const length = body.length < 0x80 ? Buffer.from([body.length]) : Buffer.from([0x80 | long.length, ...long])
  return Buffer.concat([Buffer.from([tag]), length, body])
}

const sequence = (...parts: Uint8Array[]) => der(0x30, ...parts)
const number = (bytes: Uint8Array) => der(0x02, bytes[0]! & 0x80 ? Buffer.from([0]) : Buffer.alloc(0), bytes)
const bits = (bytes: Uint8Array) => der(0x03, Buffer.from([0]), bytes)
const time = (date: Date) =>
  der(
    0x17,
    Buffer.from(
      date
        .toISOString()
        .replace(/[-:T]|\.\d+/g, '')
        .slice(2),
    ),
  )

function oid(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number)
  const groups = rest.flatMap((part) => {
    const septets = [part & 0x7f]
    for (let left = part >>> 7; left > 0; left >>>= 7) septets.unshift(0x80 | (left & 0x7f))
    return septets
  })
  return der(0x06, Buffer.from([first * 40 + second, ...groups]))
}

function alternative(name: string): Buffer {
  return isIP(name) === 4 ? der(0x87, Buffer.from(name.split('.').map(Number))) : der(0x82, Buffer.from(name))
}

const SHA256_WITH_RSA = sequence(oid('1.2.840.113549.1.1.11'), der(0x05))

/**
 * A self-signed certificate as PEM (X.509 v3, RFC 5280), because Node.js reads certificates but creates none. `names` are hosts or IPv4 addresses. It
 * is valid for a day, starting an hour ago.
 */
export function selfSigned({ publicKey, privateKey }: { publicKey: KeyObject; privateKey: KeyObject }, names: readonly string[]): string {
  const name = sequence(der(0x31, sequence(oid('2.5.4.3'), der(0x0c, Buffer.from(names[0] ?? 'flowlens')))))
  const hour = 3_600_000
  const validity = sequence(time(new Date(Date.now() - hour)), time(new Date(Date.now() + 24 * hour)))
  const extension = (id: string, value: Buffer) => sequence(oid(id), der(0x04, value))
  const extensions = sequence(
    extension('2.5.29.19', sequence(der(0x01, Buffer.from([0xff])))),
    extension('2.5.29.17', sequence(...names.map(alternative))),
  )
  const signed = sequence(
    der(0xa0, number(Buffer.from([2]))),
    number(Buffer.concat([Buffer.from([1]), randomBytes(15)])),
    SHA256_WITH_RSA,
    name,
    validity,
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, extensions),
  )
  const whole = sequence(signed, SHA256_WITH_RSA, bits(sign('sha256', signed, privateKey)))
  const lines = whole.toString('base64').match(/.{1,64}/g) ?? []
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`
}
