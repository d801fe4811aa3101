import type { RequestPolicyFactory } from '@azure/storage-blob'
import { Problem } from '@/lib/flow/problem'
import type { TokenCredential } from '@/lib/net/token-credential'

/** Scope of the tokens (learn.microsoft.com/rest/api/storageservices/authorize-with-azure-active-directory). */
const SCOPE = 'https://storage.azure.com/.default'

/**
 * Sends each request with a token, to the account's own origin only. The library's own policy follows the challenges of any server (scope and tenant included)
 * and, if it does not get such a token, retries every three seconds until the token ends.
 */
export function bearer(account: string, credential: TokenCredential): RequestPolicyFactory {
  const { origin, protocol, host } = new URL(account)
  return {
    create: (next) => ({
      sendRequest: async (request) => {
        if (protocol !== 'https:' || new URL(request.url).origin !== origin)
          throw new Problem('denied', `${host} may get a token only over https, and no other host may get it`, { where: host })
        const { abortSignal } = request
        const token = await credential.getToken(SCOPE, abortSignal === undefined ? {} : { abortSignal })
        if (token === null) throw new Problem('denied', `${host} cannot be read: there is no token for it`, { where: host })
        request.headers.set('authorization', `Bearer ${token.token}`)
        return next.sendRequest(request)
      },
    }),
  }
}
