import { formatAddress, isIPv4, parseAddress } from '@/lib/flow/address/address'
import { type ScanGroup, type ScannerTerm, writeScanner } from '@/lib/flow/field/scan'
import { scanKind } from '@/lib/query/condition/scan-kind'
import type { Fact } from '@/lib/query/test/facts'

/** Returns the origin of a source in this grouping. */
export function originOf(src: string, group: ScanGroup): string {
  const address = parseAddress(src)!
  const lengths = { ip: [32, 128], '24': [24, 128], '16': [16, 128], '64': [32, 64], '48': [32, 48], '24-64': [24, 64], '16-48': [16, 48] }
  const [length, whole] = isIPv4(address) ? [lengths[group][0]!, 32] : [lengths[group][1]!, 128]
  const bits = BigInt(whole - length)
  return length === whole ? src : `${formatAddress((address >> bits) << bits)}/${length}`
}

function isScanner(inbound: readonly Fact[], { word, thresholds }: ScannerTerm): boolean {
  const denied = inbound.filter(({ action }) => action === 'deny')
  if (denied.length === 0) return false
  const letIn = denied.length < inbound.length
  if (word === 'let-in') return letIn
  const targets = new Set(denied.map(({ dst }) => dst)).size
  const ports = new Set(denied.map(({ dport }) => dport)).size
  const kind = scanKind({ attempts: denied.length, targets, ports }, thresholds)
  if (word === 'any') return kind !== 'probe'
  return word === 'kept-out' ? kind !== 'probe' && !letIn : kind === word
}

/** Returns a function that tells whether a source is such a scanner, from all facts in the range. */
export function scannerReader(range: readonly Fact[]): (src: string, scanner: ScannerTerm) => boolean {
  const known = new Map<string, Map<string, Fact[]>>()
  const origins = (group: ScanGroup) => {
    const found = known.get(group) ?? new Map<string, Fact[]>()
    if (!known.has(group)) {
      for (const fact of range) {
        if (fact.dir !== 'in') continue
        const origin = originOf(fact.src, group)
        found.set(origin, [...(found.get(origin) ?? []), fact])
      }
      known.set(group, found)
    }
    return found
  }
  const answers = new Map<string, boolean>()
  return (src, scanner) => {
    const origin = originOf(src, scanner.group)
    const question = `${writeScanner(scanner)} ${origin}`
    const answer = answers.get(question) ?? isScanner(origins(scanner.group).get(origin) ?? [], scanner)
    answers.set(question, answer)
    return answer
  }
}
