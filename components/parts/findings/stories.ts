import type { Finding } from '@/lib/flow/answer/findings'
import { LEVELS, type Level } from '@/lib/flow/finding/kinds'
import { clauseOf } from './clause'

/** Findings about one address, in the order of time. */
export interface Story {
  /** Null where its one finding is about no address. */
  address: string | null
  level: Level
  findings: Finding[]
  /** `denied for 11 h, then let in …, then sent 4.6 GB out`. */
  text: string
}

/** When it happened: for a source that was let in, when it was. */
function momentOf({ kind, figures: { entered }, first }: Finding): number {
  return kind === 'let-in' ? Number(entered) : Date.parse(first)
}

function rankOf(story: Story): number {
  const best = Math.max(...story.findings.map(({ score }) => score))
  return LEVELS.indexOf(story.level) * -100 + story.findings.length + best
}

/** Gathers findings by the address that they are about: the best level first, then those of which more was found. */
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
