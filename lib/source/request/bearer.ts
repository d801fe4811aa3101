import { Problem } from '@/lib/flow/problem'
import type { Aborting, TokenCredential } from '@/lib/net/token-credential'

/** Scope of the tokens (learn.microsoft.com/rest/api/storageservices/authorize-with-azure-active-directory). */
const SCOPE = 'https://storage.azure.com/.default'

/** Returns the header `authorization` of a request to this URL. */
export type Bearer = (url: string, signal: Aborting | undefined) => Promise<string>

/**
 * Gives each request a token, to the account's own origin only. The library's own policy follows the challenges of any server (scope and tenant included)
 * and, if it does not get such a token, retries every three seconds until the token ends.
 */
export function bearer(account: string, credential: TokenCredential): Bearer {
  const { origin, protocol, host } = new URL(account)
  return async (url, signal) => {
    if (protocol !== 'https:' || new URL(url).origin !== origin)
      throw new Problem('denied', `${host} may get a token only over https, and no other host may get it`, { where: host })
    const token = await credential.getToken(SCOPE, signal === undefined ? {} : { abortSignal: signal })
    if (token === null) throw new Problem('denied', `${host} cannot be read: there is no token for it`, { where: host })
    return `Bearer ${token.token}`
  }
}
