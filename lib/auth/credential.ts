import { ManagedIdentityApplication } from '@azure/msal-node'
import type { Config } from '@/lib/config'
import type { AppRegistration } from '@/lib/config/sign-in'
import { Problem } from '@/lib/flow/problem'
import type { TokenCredential, TokenOptions } from '@/lib/flow/token-credential'
import { clientApp } from './client-app'
import { entraProblem } from './entra-problem'
import type { Identity } from './identity'
import { Network } from './network'
import { orAborted } from './or-aborted'
import { personToken } from './person-token'
import { access } from './sign-in'
import { type Token, TokenMemo } from './token-memo'

const STORAGE = 'https://storage.azure.com'

/**
 * Storage read as this person may read it. One pipeline per session must use it and no other.
 * @throws Problem `config` when nobody signs in; its tokens come with Problem `signin` when the person has to sign in again.
 */
export function credentialFor(identity: Identity): TokenCredential {
  const signIn = access()
  if (identity.kind === 'local' || signIn === null)
    throw new Problem('config', 'FLOWLENS_CREDENTIAL: user needs sign-in', { where: 'FLOWLENS_CREDENTIAL' })
  const { session, tenant } = identity
  return tokenCredential(tenant, (claims) => signIn.memo.get(session, claims, () => personToken(signIn, session, claims)))
}

/** Storage read as the server may read it, whoever asks; undefined when it is read as each person may, or with a SAS only. */
export function serverCredential({
  credential,
  app,
  clientId,
}: Pick<Config, 'credential' | 'app' | 'clientId'>): TokenCredential | undefined {
  if (credential === 'app' && app !== null) return appCredential(app)
  return credential === 'managed-identity' ? managedIdentityCredential(clientId) : undefined
}

interface AppSurroundings {
  network?: Network
  now?: () => number
}

/** Storage read as the app registration may read it. */
export function appCredential(app: AppRegistration, { network = new Network(), now = Date.now }: AppSurroundings = {}): TokenCredential {
  const memo = new TokenMemo(now)
  const acquire = async (claims: string | undefined) => {
    const call = network.forCall()
    const client = await clientApp(app, app.tenant, { network: call })
    return asToken(
      await client
        .acquireTokenByClientCredential({ scopes: [`${STORAGE}/.default`], ...(claims === undefined ? {} : { claims }) })
        .catch((error: unknown) => {
          throw entraProblem(error, call.problem)
        }),
    )
  }
  return tokenCredential(app.tenant, (claims) => memo.get('app', claims, () => acquire(claims)))
}

/** Storage read as the machine may read it: its own identity, or the one that `client` names. */
export function managedIdentityCredential(
  client: string | null,
  { network = new Network(), now = Date.now }: AppSurroundings = {},
): TokenCredential {
  const memo = new TokenMemo(now)
  const acquire = async (claims: string | undefined) => {
    const app = new ManagedIdentityApplication({
      ...(client === null ? {} : { managedIdentityIdParams: { userAssignedClientId: client } }),
      system: { networkClient: network.forCall() },
    })
    const request = { resource: STORAGE, ...(claims === undefined ? {} : { claims }) }
    return asToken(
      await app.acquireToken(request).catch((cause: unknown) => {
        throw new Problem('source', 'Managed identity of this machine gave no token', { cause })
      }),
    )
  }
  return tokenCredential(null, (claims) => memo.get('machine', claims, () => acquire(claims)))
}

/**
 * A credential that asks for what it is for, whatever the server on the other side wishes: scopes and tenant of a challenge come from that server, and
 * what is asked for is sent to it.
 */
function tokenCredential(tenant: string | null, get: (claims: string | undefined) => Promise<Token>): TokenCredential {
  return {
    async getToken(_wished, { tenantId, claims, abortSignal }: TokenOptions = {}) {
      if (tenantId !== undefined && tenant !== null && tenantId.toLowerCase() !== tenant)
        throw new Problem('denied', 'Storage asks for a token of another tenant, which it does not get')
      return abortSignal === undefined ? get(claims) : orAborted(get(claims), abortSignal)
    },
  }
}

function asToken(result: { accessToken: string; expiresOn: Date | null } | null): Token {
  if (!result?.accessToken || result.expiresOn === null) throw new Problem('source', 'Sign-in service gave no token')
  return { token: result.accessToken, expiresOnTimestamp: result.expiresOn.getTime() }
}
