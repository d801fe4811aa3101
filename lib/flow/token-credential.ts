/**
 * What the storage client asks for a bearer token (the shape of @azure/core-auth). `scopes` and `tenantId` come from the server that is
 * being spoken to, so an implementation must not follow them.
 */
export interface TokenCredential {
  getToken(scopes: string | string[], options?: TokenOptions): Promise<{ token: string; expiresOnTimestamp: number } | null>
}

export interface TokenOptions {
  abortSignal?: Aborting
  tenantId?: string
  claims?: string
}

/** An AbortSignal, as far as it is needed. */
export interface Aborting {
  readonly aborted: boolean
  addEventListener(type: 'abort', listener: () => void): void
  removeEventListener(type: 'abort', listener: () => void): void
}
