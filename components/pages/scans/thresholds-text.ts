import { formatCount, formatPlural } from '@/components/parts/format/number'
import type { ScanKind, ScanThresholds } from '@/lib/flow/field/scan'

/** Describes each kind under these thresholds, in the order of classification. */
export function describeKinds({ targets, ports, attempts }: ScanThresholds): Readonly<Record<ScanKind, string>> {
  const wide = `${formatPlural(targets, 'target')} or more`
  const deep = `${formatPlural(ports, 'port')} or more`
  const narrow = `fewer than ${formatPlural(targets, 'target')}`
  const shallow = `fewer than ${formatPlural(ports, 'port')}`
  return {
    sweep: `${wide}, ${deep}`,
    horizontal: `${wide}, ${shallow}`,
    vertical: `${narrow}, ${deep}`,
    brute: `${narrow}, ${shallow}, ${formatCount(attempts)} attempts or more for each target and port`,
    probe: 'fewer of each',
  }
}
