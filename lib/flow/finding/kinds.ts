/** Kinds of findings, in the order in which the page shows them. */
export const FINDING_KINDS = [
  'let-in',
  'exposed',
  'beacon',
  'exfiltration',
  'fan-out',
  'new-destination',
  'deny-surge',
  'listed',
  'odd-protocol',
  'silence',
] as const
export type FindingKind = (typeof FINDING_KINDS)[number]

export const LEVELS = ['high', 'medium', 'low'] as const
export type Level = (typeof LEVELS)[number]
