import { NOT_READ, type Refusal } from './refusal'

/** Refusals that the account's settings cause for every client. */
export const ACCOUNT: readonly Refusal[] = [
  {
    id: 'firewall',
    kind: 'denied',
    codes: ['AuthorizationFailure'],
    what: NOT_READ,
    change:
      "the account's firewall keeps this server out: allow its address or its virtual network under Networking of the account {account}, or reach the account by its private endpoint, with a DNS that knows the zone {zone}",
  },
  {
    id: 'keys-disabled',
    kind: 'denied',
    codes: ['KeyBasedAuthenticationNotPermitted'],
    what: NOT_READ,
    change:
      'the account {account} takes no keys, and no SAS that a key signed: read it with an Entra identity (FLOWLENS_CREDENTIAL) or with a user delegation SAS, or allow storage account key access in its configuration',
  },
  {
    id: 'public-access-off',
    kind: 'denied',
    codes: ['PublicAccessNotPermitted'],
    what: NOT_READ,
    change:
      'the account {account} lets nobody read without a credential: add a SAS (sp=rl) to its entry in FLOWLENS_SOURCES, or set FLOWLENS_CREDENTIAL',
  },
  {
    id: 'account-disabled',
    kind: 'denied',
    codes: ['AccountIsDisabled'],
    what: NOT_READ,
    change: 'the account {account} is disabled: enable its subscription again, or take its entry out of FLOWLENS_SOURCES',
  },
  {
    id: 'account-permissions',
    kind: 'denied',
    codes: ['InsufficientAccountPermissions'],
    what: NOT_READ,
    change: 'the account {account} itself may not do this: check that its subscription is active and that no failover or lock holds it',
  },
  {
    id: 'encryption-key',
    kind: 'denied',
    codes: ['KeyVaultEncryptionKeyNotFound', 'KeyVaultAccessTokenCannotBeAcquired', 'KeyVaultVaultNotFound'],
    what: NOT_READ,
    change: 'the account {account} cannot reach the key that encrypts it: restore the key in Key Vault, and let the account use it',
  },
  {
    id: 'https-required',
    kind: 'denied',
    codes: ['AccountRequiresHttps'],
    what: NOT_READ,
    change: 'the account {account} is read over https only: begin its address with https://',
  },
]
