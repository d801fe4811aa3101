/**
 * States of one hour of one NIC in one log: `open` is read so far and may grow, `torn` was read except for rejected records or tuples, `failed` could
 * not be read or understood at all, `absent` has no blob, `denied` may not be read by the person.
 */
export const CELL_STATES = ['read', 'open', 'torn', 'absent', 'unread', 'failed', 'denied'] as const
export type CellState = (typeof CELL_STATES)[number]

/**
 * Meaning of such an hour for a figure: `hole`: logged data is certainly missing; `growing`: more may be written; `quiet`: nothing was logged, or it
 * was deleted or never written, which cannot be distinguished; `whole`: everything logged is counted.
 */
export type Standing = 'whole' | 'growing' | 'quiet' | 'hole'

/**
 * Decides what counts as a hole. Minutes without traffic have no record and hours without traffic no blob, so an absent blob proves no loss, not even
 * between busy hours; an unread blob, or rejected records and tuples, do. Source:
 * https://learn.microsoft.com/azure/network-watcher/nsg-flow-logs-overview, and samples of real logs.
 * @param rejected records and tuples rejected in the hour's blobs; warnings do not count
 */
export function standingOf(state: CellState, rejected: number): Standing {
  if (state === 'failed' || state === 'unread' || state === 'torn' || state === 'denied' || rejected > 0) return 'hole'
  if (state === 'open') return 'growing'
  return state === 'absent' ? 'quiet' : 'whole'
}

const GRAVITY: readonly Standing[] = ['whole', 'quiet', 'growing', 'hole']

/** The most severe of several standings; `whole` for none. */
export function gravest(standings: Iterable<Standing>): Standing {
  let most = 0
  for (const standing of standings) most = Math.max(most, GRAVITY.indexOf(standing))
  return GRAVITY[most]!
}
