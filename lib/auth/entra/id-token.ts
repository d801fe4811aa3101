import { createRemoteJWKSet, customFetch, decodeJwt, errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose'
import type { Person } from '@/lib/auth/session/sessions'
import type { SignInConfig } from '@/lib/config/sign-in'
import { Problem } from '@/lib/flow/problem'
import { issuerOf, keysOf } from './client-app'
import type { Network } from './network'
import { isSame } from './same'

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
/** Accepted clock difference. Seconds. */
const TOLERANCE = 60

/**
 * Verifies ID tokens with the keys of their tenant. MSAL checks neither signature nor issuer nor audience
 * (AzureAD/microsoft-authentication-library-for-js#7441). Claims: learn.microsoft.com/entra/identity-platform/id-token-claims-reference.
 */
export class IdTokens {
  private readonly keys = new Map<string, JWTVerifyGetKey>()

  constructor(
    private readonly config: SignInConfig,
    private readonly network: Network,
    private readonly now: () => number,
  ) {}

  /** Returns the token's tenant and object id, never a name or an address. @throws Problem `denied` for another tenant, `signin` for an invalid token. */
  async verify(token: string, nonce: string): Promise<Person> {
    const tenant = this.tenantOf(token)
    const claims = await this.claimsOf(token, tenant)
    if (typeof claims.nonce !== 'string' || !isSame(claims.nonce, nonce)) throw refused('belongs to another sign-in')
    const object = claims.oid
    if (typeof object !== 'string' || !GUID.test(object)) throw refused('names nobody')
    return { tenant, object: object.toLowerCase(), name: nameOf(claims) }
  }

  private tenantOf(token: string): string {
    let tenant: unknown
    try {
      tenant = decodeJwt(token).tid
    } catch {
      throw refused('is none')
    }
    if (typeof tenant !== 'string' || !this.config.tenants.includes(tenant.toLowerCase()))
      throw new Problem('denied', 'Accounts of this tenant may not sign in here')
    return tenant.toLowerCase()
  }

  private async claimsOf(token: string, tenant: string): Promise<JWTPayload> {
    const { authority, client } = this.config
    let keys = this.keys.get(tenant)
    if (keys === undefined) {
      keys = createRemoteJWKSet(new URL(keysOf(authority, tenant)), { [customFetch]: this.network.get })
      this.keys.set(tenant, keys)
    }
    try {
      const { payload } = await jwtVerify(token, keys, {
        algorithms: ['RS256'],
        issuer: issuerOf(authority, tenant),
        audience: client,
        requiredClaims: ['exp', 'iat', 'nonce'],
        clockTolerance: TOLERANCE,
        currentDate: new Date(this.now()),
      })
      return payload
    } catch (error) {
      throw problemOf(error)
    }
  }
}

function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error
  if (error instanceof errors.JWTExpired) return refused('has expired')
  if (error instanceof errors.JWTClaimValidationFailed) return refused(`has another ${WORDS[error.claim] ?? error.claim}`)
  if (error instanceof errors.JOSEAlgNotAllowed) return refused('is not signed with RS256')
  if (error instanceof errors.JWSSignatureVerificationFailed || error instanceof errors.JWKSNoMatchingKey)
    return refused('is signed with an unknown key')
  if (error instanceof errors.JOSEError && error.code !== 'ERR_JWKS_TIMEOUT' && error.code !== 'ERR_JOSE_GENERIC')
    return refused('cannot be read')
  return new Problem('source', 'Sign-in service returned no signing keys', { cause: error })
}

const WORDS: Record<string, string> = { iss: 'issuer', aud: 'audience' }

function refused(what: string): Problem {
  return new Problem('signin', `ID token ${what}, so nobody was signed in`)
}

function nameOf({ name, preferred_username: address }: JWTPayload): string {
  const shown = [name, address].find((one) => typeof one === 'string' && one.trim() !== '') as string | undefined
  return (shown ?? 'No name').replace(/[\p{Cc}\p{Cf}]/gu, '').slice(0, 100)
}
