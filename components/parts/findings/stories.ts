import type { Finding } from '@/lib/flow/answer/traffic/findings'
import { LEVELS, type Level } from '@/lib/flow/finding/kinds'
import { clauseOf } from './clause'

/** Findings about one address, in order of time. */
export interface Story {
  /** Null for a single finding without an address. */
  address: string | null
  level: Level
  findings: Finding[]
  /** `denied for 11 h, then let in …, then sent 4.6 GB out`. */
  text: string
}

/** Returns the time at which a finding stands in its story; for a source that was allowed after denials, the time of that. Epoch milliseconds. */
export function momentOf({ kind, figures: { entered }, first }: Finding): number {
  return kind === 'let-in' ? Number(entered) : Date.parse(first)
}

function rankOf(story: Story): number {
  const best = Math.max(...story.findings.map(({ score }) => score))
  return LEVELS.indexOf(story.level) * -100 + story.findings.length + best
}

/** Groups findings by their address: the best level first, then those with more findings. */
export function storiesOf(findings: readonly Finding[]): Story[] {
  const byAddress = new Map<string, Finding[]>()
  for (const finding of findings) {
    const { address } = finding.figures
    const key = typeof address === 'string' ? address : `the finding ${finding.id}`
    byAddress.set(key, [...(byAddress.get(key) ?? []), finding])
  }
  const stories = [...byAddress].map(([key, some]): Story => {
    const inOrder = some.toSorted((a, b) => momentOf(a) - momentOf(b))
    return {
      address: key.startsWith('the finding') ? null : key,
      level: LEVELS.find((level) => some.some((one) => one.level === level))!,
      findings: inOrder,
      text: inOrder.map(clauseOf).join(', then '),
    }
  })
  return stories.sort((a, b) => rankOf(b) - rankOf(a))
}
