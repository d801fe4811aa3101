export const SCAN_GROUPS = ['ip', '24', '16', '64', '48', '24-64', '16-48'] as const
/**
 * Grouping of sources: by address; by IPv4 (24, 16) or IPv6 (64, 48) prefix length, the other family then by address; or by the prefix lengths of both (24-64,
 * 16-48).
 */
export type ScanGroup = (typeof SCAN_GROUPS)[number]

export const SCAN_KINDS = ['horizontal', 'vertical', 'sweep', 'brute', 'probe'] as const
/**
 * Classification of a source that was denied inbound: `horizontal` many targets, few ports; `vertical` many ports, few targets; `sweep` many of both;
 * `brute` few of both with many attempts; `probe` none of these.
 */
export type ScanKind = (typeof SCAN_KINDS)[number]

/** Thresholds of "many". Integers from 1 on. */
export interface ScanThresholds {
  /** Distinct destinations. */
  targets: number
  /** Distinct destination ports. */
  ports: number
  /** Denied tuples for each target and port. */
  attempts: number
}

export const SCAN_PRESETS = {
  /**
   * Three targets are more than a service and its standby; ten ports are more than a client tries by mistake; twenty attempts at one port are more
   * than the retries of one refused connection (TCP sends its SYN some six times).
   */
  usual: { targets: 3, ports: 10, attempts: 20 },
  /** Any source that returned, or tried a second port. */
  wary: { targets: 2, ports: 2, attempts: 3 },
  /** Microsoft Sentinel's port sweep (200 hosts) and port scan (100 ports) rules for Azure Firewall; attempts as usual, since it has no rule for them. */
  sentinel: { targets: 200, ports: 100, attempts: 20 },
} as const satisfies Record<string, ScanThresholds>

export type ScanPreset = keyof typeof SCAN_PRESETS
export const SCAN_PRESET_NAMES = Object.keys(SCAN_PRESETS) as ScanPreset[]
export const USUAL: ScanThresholds = SCAN_PRESETS.usual

/**
 * Values of the filter field `scanner`: one of the kinds, `any` of them except probe, `kept-out` for `any` that was never allowed inbound, `let-in`
 * for sources of any kind that were both denied and allowed inbound.
 */
export const SCANNER_WORDS = ['any', ...SCAN_KINDS, 'kept-out', 'let-in'] as const
export type ScannerWord = (typeof SCANNER_WORDS)[number]

/** A question about the source of a tuple, answered from the denied inbound tuples of the whole range. */
export interface ScannerTerm {
  word: ScannerWord
  group: ScanGroup
  thresholds: ScanThresholds
}

function sameThresholds(a: ScanThresholds, b: ScanThresholds): boolean {
  return a.targets === b.targets && a.ports === b.ports && a.attempts === b.attempts
}

/** `sentinel`, or `5/20/50`: targets, ports, attempts. Null when the text is neither. */
export function readThresholds(text: string): ScanThresholds | null {
  const preset = SCAN_PRESET_NAMES.find((name) => name === text)
  if (preset !== undefined) return { ...SCAN_PRESETS[preset] }
  const numbers = /^([1-9]\d{0,5})\/([1-9]\d{0,5})\/([1-9]\d{0,5})$/.exec(text)
  if (!numbers) return null
  const [targets, ports, attempts] = numbers.slice(1).map(Number)
  return { targets: targets!, ports: ports!, attempts: attempts! }
}

/** The text that readThresholds reads; the preset's name if there is one. */
export function writeThresholds(thresholds: ScanThresholds): string {
  const preset = SCAN_PRESET_NAMES.find((name) => sameThresholds(SCAN_PRESETS[name], thresholds))
  return preset ?? `${thresholds.targets}/${thresholds.ports}/${thresholds.attempts}`
}

/**
 * `any`, `brute@24`, `any@5/20/50`, `kept-out@24@sentinel`: a word, then the grouping and the thresholds unless they are `ip` and `usual`. Null for
 * any other text; `let-in` takes no thresholds.
 */
export function readScanner(text: string): ScannerTerm | null {
  const [head, ...rest] = text.toLowerCase().split('@')
  const word = SCANNER_WORDS.find((known) => known === head)
  if (word === undefined) return null
  const group = SCAN_GROUPS.find((known) => known === rest[0])
  const left = group === undefined ? rest : rest.slice(1)
  if (left.length > (word === 'let-in' ? 0 : 1)) return null
  const thresholds = left[0] === undefined ? USUAL : readThresholds(left[0])
  return thresholds && { word, group: group ?? 'ip', thresholds }
}

/** The text that readScanner reads. */
export function writeScanner({ word, group, thresholds }: ScannerTerm): string {
  const by = group === 'ip' ? '' : `@${group}`
  return `${word}${by}${sameThresholds(thresholds, USUAL) ? '' : `@${writeThresholds(thresholds)}`}`
}
