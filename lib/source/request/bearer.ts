import type { RequestPolicyFactory } from '@azure/storage-blob'
import { Problem } from '@/lib/flow/problem'
import type { TokenCredential } from '@/lib/net/token-credential'

/** Asked of the credential, which knows better (learn.microsoft.com/rest/api/storageservices/authorize-with-azure-active-directory). */
const SCOPE = 'https://storage.azure.com/.default'

/**
 * Sends each request with a token, to the account's own origin and nowhere else. The library's policy for this follows the challenges of whoever answers
 * (a scope and a tenant of their choice), and where it does not get what they wish, it asks again every three seconds until the token ends.
 */
export function bearer(account: string, credential: TokenCredential): RequestPolicyFactory {
  const { origin, protocol, host } = new URL(account)
  return {
    create: (next) => ({
      sendRequest: async (request) => {
        if (protocol !== 'https:' || new URL(request.url).origin !== origin)
          throw new Problem('denied', `${host} may be asked with a token only over https, and nobody else in its place`, { where: host })
        const { abortSignal } = request
        const token = await credential.getToken(SCOPE, abortSignal === undefined ? {} : { abortSignal })
        if (token === null) throw new Problem('denied', `${host} cannot be asked: there is no token for it`, { where: host })
        request.headers.set('authorization', `Bearer ${token.token}`)
        return next.sendRequest(request)
      },
    }),
  }
}
