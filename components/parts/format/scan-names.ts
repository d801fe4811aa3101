import type { ScanKind } from '@/lib/flow/field/scan'

/** Names and descriptions of the scan kinds. */
export const SCAN_NAMES: Readonly<Record<ScanKind, { name: string; about: string }>> = {
  horizontal: { name: 'horizontal scan', about: 'many targets, few ports' },
  vertical: { name: 'vertical scan', about: 'few targets, many ports' },
  sweep: { name: 'sweep', about: 'many targets and many ports' },
  brute: { name: 'brute force', about: 'the same target and port again and again' },
  probe: { name: 'probe', about: 'a few attempts only' },
}
