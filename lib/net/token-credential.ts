/**
 * Interface through which the storage client requests a bearer token (the shape of @azure/core-auth). `scopes` and `tenantId` come from the remote
 * server, so an implementation must ignore them.
 */
export interface TokenCredential {
  getToken(scopes: string | string[], options?: TokenOptions): Promise<{ token: string; expiresOnTimestamp: number } | null>
}

export interface TokenOptions {
  abortSignal?: Aborting
  tenantId?: string
  claims?: string
}

/** The needed part of AbortSignal. */
export interface Aborting {
  readonly aborted: boolean
  addEventListener(type: 'abort', listener: () => void): void
  removeEventListener(type: 'abort', listener: () => void): void
}
