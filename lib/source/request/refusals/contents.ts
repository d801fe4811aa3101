import type { Refusal } from './refusal'

/** Refusals for objects that are missing or temporarily unavailable. */
export const CONTENTS: readonly Refusal[] = [
  {
    id: 'container-absent',
    kind: 'absent',
    codes: ['ContainerNotFound', 'ResourceNotFound'],
    what: 'does not exist',
    change:
      'no flow log was ever written there: turn flow logs on for the account {account} in Network Watcher, or name in FLOWLENS_SOURCES the account that they are written to',
  },
  {
    id: 'blob-absent',
    kind: 'absent',
    codes: ['BlobNotFound'],
    what: 'does not exist',
    change:
      'it was removed after it was listed: lengthen the retention of the flow log, or the lifecycle rule of the account, to keep such hours',
  },
  {
    id: 'absent',
    kind: 'absent',
    status: [404],
    what: 'does not exist',
    change: 'correct the address in FLOWLENS_SOURCES, or the address that the DNS of this server gives for {host}',
  },
  {
    id: 'container-ending',
    kind: 'source',
    codes: ['ContainerBeingDeleted', 'ContainerDisabled'],
    what: 'cannot be read now',
    change: 'the container is being deleted or was disabled: restore it, or take its account out of FLOWLENS_SOURCES',
  },
  {
    id: 'blob-archived',
    kind: 'source',
    codes: ['BlobArchived'],
    what: 'cannot be read now',
    change:
      'it lies in the archive tier: rehydrate it to hot or cool (takes up to 15 hours), and exempt flow logs from the lifecycle rule that archives them',
  },
  {
    id: 'blob-rehydrating',
    kind: 'source',
    codes: ['BlobBeingRehydrated'],
    what: 'cannot be read now',
    change: 'it is on its way out of the archive tier: ask again within 15 hours, or raise the priority of its rehydration to high',
  },
  {
    id: 'blob-own-key',
    kind: 'source',
    codes: ['BlobUsesCustomerSpecifiedEncryption'],
    what: 'cannot be read',
    change: 'it is encrypted with a key of its writer, which nobody else has: write flow logs without a customer-provided key',
  },
  {
    id: 'changed',
    kind: 'changed',
    status: [412, 416],
    what: 'changed while it was being read',
    change: 'ask again, and its new version is read',
  },
  {
    id: 'version',
    said: 'about the version',
    kind: 'source',
    codes: ['InvalidHeaderValue'],
    detail: /x-ms-version|API version|version/i,
    what: 'did not answer as expected',
    change: 'it speaks an older version of the storage API: update it (Azurite takes --skipApiVersionCheck)',
  },
  {
    id: 'busy',
    kind: 'source',
    status: [429, 503],
    what: 'is too busy to answer',
    change: 'ask again later, or ask for less at once',
  },
  {
    id: 'storage-failed',
    kind: 'source',
    status: [500, 502, 504],
    what: 'did not answer as expected',
    change: 'ask again later; if it lasts, look at the service health of the account {account}',
  },
]
