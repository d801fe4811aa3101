import { hkdfSync } from 'node:crypto'
import { EncryptJWT, jwtDecrypt } from 'jose'

/** Purpose of a sealed value. Each purpose, and each name within it, has its own key, so no value opens in another's place. */
export type Purpose = 'cookie' | 'sign-in' | 'session' | 'tokens' | 'claims'

/**
 * Encrypts and authenticates values that leave the process: AES-256-GCM as compact JWEs (RFC 7516, `dir`), under keys derived from the secrets by
 * HKDF-SHA-256 (RFC 5869) with purpose and name as context. The first secret seals, all secrets open.
 */
export class Seal {
  constructor(
    private readonly secrets: readonly string[],
    private readonly now: () => number = Date.now,
  ) {}

  /** `seconds` is how long the value can be opened. */
  close(purpose: Purpose, name: string, value: Record<string, unknown>, seconds: number): Promise<string> {
    const at = Math.floor(this.now() / 1000)
    return new EncryptJWT({ value })
      .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
      .setIssuedAt(at)
      .setExpirationTime(at + seconds)
      .encrypt(keyOf(this.secrets[0]!, purpose, name))
  }

  /** The value, or null if none of the secrets sealed it for this purpose and name, if it was changed, or if it has expired. */
  async open(purpose: Purpose, name: string, sealed: string): Promise<unknown> {
    for (const secret of this.secrets) {
      try {
        const { payload } = await jwtDecrypt(sealed, keyOf(secret, purpose, name), {
          keyManagementAlgorithms: ['dir'],
          contentEncryptionAlgorithms: ['A256GCM'],
          requiredClaims: ['exp'],
          currentDate: new Date(this.now()),
        })
        return payload.value ?? null
      } catch {
        // Another secret may open it.
      }
    }
    return null
  }
}

function keyOf(secret: string, purpose: Purpose, name: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', secret, 'flowlens', `${purpose}\0${name}`, 32))
}
