import 'server-only'
import type { Basis } from '@/lib/flow/answer/answer'
import type { Finding, FindingsAnswer } from '@/lib/flow/answer/traffic/findings'
import { FINDING_KINDS, type FindingKind } from '@/lib/flow/finding/kinds'
import { Problem } from '@/lib/flow/problem'
import type { ViewAsking } from '@/lib/http/ask/answering/answer'
import { lookFor } from '@/lib/http/findings/look-for'
import { mutedBy } from '@/lib/http/findings/muted'
import { thresholdsOf } from '@/lib/http/findings/thresholds-of'
import { describeBaseline } from '@/lib/http/findings/time-before'
import { readList } from '@/lib/link/keys/key'
import { didYouMean } from '@/lib/link/language/did-you-mean'
import { bestFirst } from '@/lib/query/findings/findings'

/**
 * Returns the named kinds, or all of them.
 * @throws Problem `ask` with the position of an unknown kind
 */
function kindsOf(text: string): readonly FindingKind[] {
  if (text === '') return FINDING_KINDS
  return [
    ...new Set(
      readList(text, (name, at) => {
        const kind = FINDING_KINDS.find((one) => one === name)
        if (kind !== undefined) return kind
        throw new Problem('ask', `Key kinds: there is no kind ${name}; ${didYouMean(name, FINDING_KINDS)}`, { key: 'kinds', at })
      }),
    ),
  ]
}

/** Returns the findings of a view, best first, without those that `muted` or the mutes of this server hide; returns the hidden ones separately. */
export async function askFindings(asking: ViewAsking<'findings'>): Promise<Omit<FindingsAnswer, keyof Basis>> {
  const { view, options } = asking
  const thresholds = thresholdsOf(options.thresholds)
  const { found, baseline, share, isRead } = await lookFor(asking, view, {
    kinds: kindsOf(options.kinds),
    thresholds,
    baseline: options.baseline,
  })
  const named = new Set(options.muted.split(','))
  const muteOf = await mutedBy(asking)
  const shown: Finding[] = []
  const hidden: FindingsAnswer['mutedRows'] = []
  for (const one of found.flatMap(({ rows }) => rows).sort(bestFirst)) {
    const mute = muteOf(one)
    if (mute === null && !named.has(one.id)) shown.push(one)
    else hidden.push({ ...one, mute })
  }
  return {
    kinds: found.map(({ kind, rows }) => ({ kind, found: rows.length, parameters: { ...thresholds[kind] } })),
    baseline: describeBaseline(baseline, share, isRead),
    muted: hidden.length,
    mutedRows: hidden.slice(0, options.limit),
    rows: shown.slice(0, options.limit),
  }
}
