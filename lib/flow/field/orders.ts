/** Columns by which the server sorts tables: a table that shows only the first of many rows must be sorted before it is cut. */

/** Orders of talkers; `metric` is the ranking metric, `interval` the regularity of their flows. */
export const TALKER_ORDERS = [
  ...(['metric', 'key', 'tuples', 'flows', 'allow', 'deny', 'denied', 'bytes', 'packets', 'peers', 'ports', 'first', 'last'] as const),
  'interval',
] as const
export type TalkerOrder = (typeof TALKER_ORDERS)[number]

/** Orders of denied sources; `allowed` puts those that were also allowed before all others. */
export const SCAN_ORDERS = ['allowed', 'source', 'attempts', 'targets', 'ports', 'rate', 'first', 'last'] as const
export type ScanOrder = (typeof SCAN_ORDERS)[number]

/** Orders of flows with verdict changes. */
export const FLIP_ORDERS = ['at', 'src', 'dst', 'dport', 'deny', 'allow', 'first', 'last', 'flips'] as const
export type FlipOrder = (typeof FLIP_ORDERS)[number]

/** Orders of flows as rows. */
export const FLOW_ORDERS = [
  ...(['first', 'last', 'duration', 'src', 'sport', 'dst', 'dport', 'proto', 'allow', 'deny', 'tuples'] as const),
  ...(['packetsSent', 'bytesSent', 'packetsReceived', 'bytesReceived', 'srcMac', 'dstMac', 'nics'] as const),
] as const
export type FlowOrder = (typeof FLOW_ORDERS)[number]
