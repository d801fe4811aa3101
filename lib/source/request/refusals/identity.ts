import { NOT_READ, type Refusal, UNPROVEN } from './refusal'

/** Refusals for an identity that Azure does not know or does not permit to read. */
export const IDENTITY: readonly Refusal[] = [
  {
    id: 'role-missing',
    kind: 'denied',
    codes: ['AuthorizationPermissionMismatch'],
    by: 'token',
    what: NOT_READ,
    change:
      'assign the role Storage Blob Data Reader on {scope} to the identity that reads it; Owner, Contributor and Reader do not read blobs, and a new role takes up to ten minutes',
  },
  {
    id: 'key-clock',
    said: '*Request date header too old*',
    kind: 'denied',
    detail: /date header too old|date header is too (old|new)|Request date/i,
    by: 'key',
    what: NOT_READ,
    change: 'a request signed with a key holds for fifteen minutes{clock}: set the clock of this server',
  },
  {
    id: 'key-wrong',
    kind: 'denied',
    codes: UNPROVEN,
    by: 'key',
    what: NOT_READ,
    change: 'the key does not match: put the present key of the account {account} (Access keys) into AZURE_STORAGE_CONNECTION_STRING',
  },
  {
    id: 'token-issuer',
    said: '*Issuer validation failed*',
    kind: 'denied',
    detail: /Issuer/i,
    by: 'token',
    what: NOT_READ,
    change: 'the token is of another tenant: AZURE_TENANT_ID has to be the tenant of the subscription that owns the account {account}',
  },
  {
    id: 'token-audience',
    said: '*Audience validation failed*',
    kind: 'denied',
    detail: /Audience/i,
    by: 'token',
    what: NOT_READ,
    change: 'the token is for another cloud: FLOWLENS_AUTHORITY and the address of the account {account} have to be of the same cloud',
  },
  {
    id: 'token-clock',
    said: '*Lifetime validation failed*',
    kind: 'denied',
    detail: /Lifetime|expired/i,
    by: 'token',
    what: NOT_READ,
    change: "the token has ended or has not begun{clock}: set this server's clock, then sign in again",
  },
  {
    id: 'token-refused',
    kind: 'denied',
    codes: UNPROVEN,
    by: 'token',
    what: NOT_READ,
    change:
      'Azure does not accept the token: AZURE_TENANT_ID has to be the tenant of the account {account}, and its identity must not be blocked',
  },
  {
    id: 'no-credential',
    kind: 'denied',
    codes: UNPROVEN,
    what: NOT_READ,
    change: 'nothing was shown to the account {account}: add a SAS (sp=rl) to its entry in FLOWLENS_SOURCES, or set FLOWLENS_CREDENTIAL',
  },
]
