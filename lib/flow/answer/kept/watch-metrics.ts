/** The amounts that a watch can compare with its threshold. */
export const WATCH_METRICS = ['tuples', 'flows', 'bytes', 'packets'] as const
