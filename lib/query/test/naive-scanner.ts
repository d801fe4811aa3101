import { formatAddress, isIPv4, parseAddress } from '@/lib/flow/address/address'
import { type ScanGroup, type Scanner, writeScanner } from '@/lib/flow/scan'
import { scanKind } from '@/lib/query/condition/scan-kind'
import type { Fact } from './facts'

/** Where a source belongs when sources are put together like this. */
export function originOf(src: string, group: ScanGroup): string {
  const address = parseAddress(src)!
  const bits = group === 'ip' ? null : (isIPv4(address) ? 32 : 128) - Number(group)
  if (bits === null || isIPv4(address) !== (group === '24' || group === '16')) return src
  return `${formatAddress((address >> BigInt(bits)) << BigInt(bits))}/${group}`
}

function isScanner(inbound: readonly Fact[], { word, thresholds }: Scanner): boolean {
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

/** Tells of a source whether it is such a scanner, from all facts in the range. */
export function scannerReader(range: readonly Fact[]): (src: string, scanner: Scanner) => boolean {
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
