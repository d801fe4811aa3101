import { randomUUID } from 'node:crypto'
import { type CryptoKey, exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose'
import type { TestPerson } from './people'

/** Forgeries of an ID token. */
export type Forgery =
  | 'alg:none'
  | 'alg:HS256'
  | 'key'
  | 'kid'
  | 'payload'
  | 'aud'
  | 'iss'
  | 'tid'
  | 'nonce'
  | 'no nonce'
  | 'no oid'
  | 'exp'
  | 'no exp'
  | 'nbf'

interface Keys {
  /** The answer of the keys endpoint. */
  jwks: { keys: object[] }
  kid: string
  ours: CryptoKey
  foreign: CryptoKey
}

export async function makeKeys(): Promise<Keys> {
  const [ours, foreign] = await Promise.all([generateKeyPair('RS256', { extractable: true }), generateKeyPair('RS256')])
  const kid = randomUUID()
  return {
    jwks: { keys: [{ ...(await exportJWK(ours.publicKey)), kid, use: 'sig', alg: 'RS256' }] },
    kid,
    ours: ours.privateKey,
    foreign: foreign.privateKey,
  }
}

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

export class Tokens {
  constructor(
    private readonly origin: string,
    private readonly keys: Keys,
  ) {}

  /** An ID token (learn.microsoft.com/entra/identity-platform/id-token-claims-reference), forged in one way or not at all. */
  async idToken(person: TestPerson, client: string, nonce: string | null, forgery: Forgery | null): Promise<string> {
    const now = Math.floor(Date.now() / 1000)
    const other = randomUUID()
    const claims: JWTPayload = {
      ver: '2.0',
      iss: `${this.origin}/${forgery === 'iss' ? other : person.tenant}/v2.0`,
      aud: forgery === 'aud' ? other : client,
      sub: `${client}:${person.id}`,
      tid: forgery === 'tid' ? other : person.tenant,
      name: person.name,
      preferred_username: person.address,
      iat: now,
      nbf: forgery === 'nbf' ? now + 3600 : now,
      ...(forgery === 'no oid' ? {} : { oid: person.id }),
      ...(forgery === 'no exp' ? {} : { exp: forgery === 'exp' ? now - 3600 : now + 3600 }),
      ...(nonce === null || forgery === 'no nonce' ? {} : { nonce: forgery === 'nonce' ? other : nonce }),
    }
    if (forgery === 'alg:none') return `${encode({ alg: 'none', typ: 'JWT' })}.${encode(claims)}.`
    if (forgery === 'alg:HS256')
      return new SignJWT(claims).setProtectedHeader({ alg: 'HS256', kid: this.keys.kid }).sign(Buffer.from(encode(this.keys.jwks.keys[0])))
    const header = { alg: 'RS256', typ: 'JWT', kid: forgery === 'kid' ? other : this.keys.kid }
    const token = await new SignJWT(claims).setProtectedHeader(header).sign(forgery === 'key' ? this.keys.foreign : this.keys.ours)
    if (forgery !== 'payload') return token
    const [head, , signature] = token.split('.')
    return `${head}.${encode({ ...claims, oid: other })}.${signature}`
  }

  /** A storage token that Azurite accepts: it checks issuer and audience; `oid` names the person. */
  storageToken(claims: JWTPayload & { tid: string; oid: string }, seconds: number): Promise<string> {
    const now = Math.floor(Date.now() / 1000)
    const issuer = `https://sts.windows.net/${claims.tid}/`
    const whole = {
      ver: '1.0',
      iss: issuer,
      aud: 'https://storage.azure.com',
      iat: now,
      nbf: now,
      exp: now + seconds,
      uti: randomUUID(),
      ...claims,
    }
    return new SignJWT(whole).setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: this.keys.kid }).sign(this.keys.ours)
  }

  get jwks(): object {
    return this.keys.jwks
  }
}
