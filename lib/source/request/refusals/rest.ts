import { NOT_READ, type Refusal } from './refusal'

/** Refusals that say only that the request failed. */
export const REST: readonly Refusal[] = [
  {
    id: 'unexplained',
    said: 'from storage',
    kind: 'denied',
    status: [401, 403],
    when: ({ isGenuine }) => isGenuine,
    what: NOT_READ,
    change: 'Azure gives no reason that is known here: look its code up among the error codes of Azure Storage',
  },
  {
    id: 'not-azure',
    said: 'not from Azure Storage',
    kind: 'denied',
    status: [401, 403],
    what: NOT_READ,
    change: 'something between this server and Azure refused it, because the answer is not from Azure Storage: let {host}:{port} pass',
  },
  {
    id: 'cut',
    said: 'no answer, or a cut one',
    kind: 'source',
    when: ({ status }) => status === undefined,
    what: '{cut}',
    change: 'ask again; if it lasts, look at what lies between this server and {host}:{port} (firewall, proxy, VPN)',
  },
  {
    id: 'unexpected',
    kind: 'source',
    what: 'did not answer as expected',
    change: 'look its code up among the error codes of Azure Storage',
  },
]
