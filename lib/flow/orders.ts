/** Columns that the server sorts tables by: a table that shows the first rows of many is sorted before it is cut. */

/** Of talkers; `metric` is what they are ranked by, `interval` the regularity of their flows. */
export const TALKER_ORDERS = [
  ...(['metric', 'key', 'tuples', 'flows', 'allow', 'deny', 'denied', 'bytes', 'packets', 'peers', 'ports', 'first', 'last'] as const),
  'interval',
] as const
export type TalkerOrder = (typeof TALKER_ORDERS)[number]

/** Of denied sources; `allowed` puts those that were also let in before all others. */
export const SCAN_ORDERS = ['allowed', 'source', 'attempts', 'targets', 'ports', 'rate', 'first', 'last'] as const
export type ScanOrder = (typeof SCAN_ORDERS)[number]

/** Of flows with verdict changes. */
export const FLIP_ORDERS = ['at', 'src', 'dst', 'dport', 'deny', 'allow', 'first', 'last', 'flips'] as const
export type FlipOrder = (typeof FLIP_ORDERS)[number]
