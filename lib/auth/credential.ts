import { ManagedIdentityApplication } from '@azure/msal-node'
import type { Config } from '@/lib/config'
import type { AppRegistration } from '@/lib/config/sign-in'
import { Problem } from '@/lib/flow/problem'
import type { TokenCredential, TokenOptions } from '@/lib/net/token-credential'
import { clientApp } from './entra/client-app'
import { Network } from './entra/network'
import { appProblem } from './entra/problem'
import type { Identity } from './identity'
import { orAborted } from './or-aborted'
import { personToken } from './person-token'
import { access } from './sign-in'
import { type AccessToken, TokenMemo } from './token-memo'

/** Resource of the tokens, unless another is given. */
const STORAGE = 'https://storage.azure.com'
const NO_IDENTITY =
  'assign one to the machine, or to its pod, name it in AZURE_CLIENT_ID where there are several, and let this server reach its identity endpoint (169.254.169.254)'

/**
 * Credential that reads storage with this person's own rights. Each session must use its own request pipeline.
 * @throws Problem `config` when sign-in is off. Its tokens fail with Problem `signin` when the person has to sign in again.
 */
export function credentialFor(identity: Identity): TokenCredential {
  const signIn = access()
  if (identity.kind === 'local' || signIn === null)
    throw new Problem('config', 'FLOWLENS_CREDENTIAL: user needs sign-in', { where: 'FLOWLENS_CREDENTIAL' })
  const { session, tenant } = identity
  return tokenCredential(tenant, (claims) => signIn.memo.get(session, claims, () => personToken(signIn, session, claims)))
}

/**
 * Credential that reads storage, or another resource, with the server's rights for everybody; undefined if each person reads with their own rights, or with a
 * SAS only.
 */
export function serverCredential(
  { credential, app, clientId }: Pick<Config, 'credential' | 'app' | 'clientId'>,
  resource = STORAGE,
): TokenCredential | undefined {
  if (credential === 'app' && app !== null) return appCredential(app, { resource })
  return credential === 'managed-identity' ? managedIdentityCredential(clientId, { resource }) : undefined
}

interface AppSurroundings {
  resource?: string
  network?: Network
  now?: () => number
}

/** Credential that reads storage, or another resource, as the app registration. */
export function appCredential(
  app: AppRegistration,
  { resource = STORAGE, network = new Network(), now = Date.now }: AppSurroundings = {},
): TokenCredential {
  const memo = new TokenMemo(now)
  const acquire = async (claims: string | undefined) => {
    const call = network.forCall()
    const client = await clientApp(app, app.tenant, { network: call })
    return asToken(
      await client
        .acquireTokenByClientCredential({ scopes: [`${resource}/.default`], ...(claims === undefined ? {} : { claims }) })
        .catch((error: unknown) => {
          throw appProblem(error, call.problem)
        }),
    )
  }
  return tokenCredential(app.tenant, (claims) => memo.get('app', claims, () => acquire(claims)))
}

/** Credential that reads storage, or another resource, as the machine's own identity, or as the identity that `client` names. */
export function managedIdentityCredential(
  client: string | null,
  { resource = STORAGE, network = new Network(), now = Date.now }: AppSurroundings = {},
): TokenCredential {
  const memo = new TokenMemo(now)
  const acquire = async (claims: string | undefined) => {
    const app = new ManagedIdentityApplication({
      ...(client === null ? {} : { managedIdentityIdParams: { userAssignedClientId: client } }),
      system: { networkClient: network.forCall() },
    })
    const request = { resource, ...(claims === undefined ? {} : { claims }) }
    return asToken(
      await app.acquireToken(request).catch((cause: unknown) => {
        throw new Problem('source', `Managed identity of this machine returned no token: ${NO_IDENTITY}`, { cause })
      }),
    )
  }
  return tokenCredential(null, (claims) => memo.get('machine', claims, () => acquire(claims)))
}

/** A credential that always requests the same scope. A challenge's scopes and tenant come from the server that would receive the token, so they are ignored. */
function tokenCredential(tenant: string | null, get: (claims: string | undefined) => Promise<AccessToken>): TokenCredential {
  return {
    async getToken(_wished, { tenantId, claims, abortSignal }: TokenOptions = {}) {
      if (tenantId !== undefined && tenant !== null && tenantId.toLowerCase() !== tenant)
        throw new Problem('denied', 'Storage requested a token for another tenant; none was sent')
      return abortSignal === undefined ? get(claims) : orAborted(get(claims), abortSignal)
    },
  }
}

function asToken(result: { accessToken: string; expiresOn: Date | null } | null): AccessToken {
  if (!result?.accessToken || result.expiresOn === null) throw new Problem('source', 'Sign-in service returned no token')
  return { token: result.accessToken, expiresOnTimestamp: result.expiresOn.getTime() }
}
