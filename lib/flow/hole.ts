/** States of one hour of one network card in one log: `open` is read so far and may grow, `absent` has no blob, `denied` one that the asker may not read. */
export const CELL_STATES = ['read', 'open', 'absent', 'unread', 'failed', 'denied'] as const
export type CellState = (typeof CELL_STATES)[number]

/**
 * What such an hour means for a figure that rests on it. `hole`: something that was logged is certainly not counted; `growing`: more may be written;
 * `quiet`: nothing was logged, or it was deleted or never written, which cannot be told apart; `whole`: all that was logged is counted.
 */
export type Standing = 'whole' | 'growing' | 'quiet' | 'hole'

/**
 * The one rule of what counts as a hole. Minutes without traffic have no record and hours without traffic no blob, so an absent blob proves no loss, not
 * even between busy hours; a blob that is there and was not read, or records and tuples of it that were refused, do.
 * Source: https://learn.microsoft.com/azure/network-watcher/nsg-flow-logs-overview, and what samples of real logs show.
 *
 * @param rejected records and tuples refused in the hour's blobs; doubts about what was kept do not count
 */
export function standingOf(state: CellState, rejected: number): Standing {
  if (state === 'failed' || state === 'unread' || state === 'denied' || rejected > 0) return 'hole'
  if (state === 'open') return 'growing'
  return state === 'absent' ? 'quiet' : 'whole'
}

const GRAVITY: readonly Standing[] = ['whole', 'quiet', 'growing', 'hole']

/** The gravest of several standings; `whole` for none. */
export function gravest(standings: Iterable<Standing>): Standing {
  let most = 0
  for (const standing of standings) most = Math.max(most, GRAVITY.indexOf(standing))
  return GRAVITY[most]!
}
