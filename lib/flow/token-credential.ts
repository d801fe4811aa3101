/**
 * What the storage client asks for a bearer token (the shape of @azure/core-auth). `scopes` and `tenantId` come from the server that is
 * being spoken to, so an implementation must not follow them.
 */
export interface TokenCredential {
  getToken(scopes: string | string[], options?: TokenOptions): Promise<{ token: string; expiresOnTimestamp: number } | null>
}

export interface TokenOptions {
  abortSignal?: { readonly aborted: boolean }
  tenantId?: string
  claims?: string
}
