import { ConfidentialClientApplication, type ICachePlugin, type INetworkModule } from '@azure/msal-node'
import type { AppRegistration } from '@/lib/config/sign-in'
import { readProof } from './app-proof'

interface ClientAppOptions {
  network: INetworkModule
  cachePlugin?: ICachePlugin
}

/**
 * Creates an MSAL client for one call, because a shared client mixes its users' tokens. `directory` is a tenant's id, or `organizations`. The
 * endpoints are those that every cloud has (learn.microsoft.com/entra/identity-platform/v2-protocols-oidc): nothing is discovered, so no other host
 * is contacted.
 */
export async function clientApp(
  { client, authority, proof }: AppRegistration,
  directory: string,
  { network, cachePlugin }: ClientAppOptions,
): Promise<ConfidentialClientApplication> {
  const base = `${authority}/${directory}`
  return new ConfidentialClientApplication({
    auth: {
      clientId: client,
      authority: base,
      knownAuthorities: [new URL(authority).host],
      authorityMetadata: JSON.stringify({
        authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
        token_endpoint: `${base}/oauth2/v2.0/token`,
        end_session_endpoint: `${base}/oauth2/v2.0/logout`,
        issuer: issuerOf(authority, directory),
        jwks_uri: keysOf(authority, directory),
      }),
      ...(await readProof(proof)),
    },
    system: { networkClient: network },
    ...(cachePlugin === undefined ? {} : { cache: { cachePlugin } }),
  })
}

export function issuerOf(authority: string, tenant: string): string {
  return `${authority}/${tenant}/v2.0`
}

export function keysOf(authority: string, tenant: string): string {
  return `${authority}/${tenant}/discovery/v2.0/keys`
}
