import type { Finding } from '@/lib/flow/answer/traffic/findings'
import type { Thresholds } from '@/lib/flow/finding/facts'
import { FINDING_KINDS, type FindingKind, LEVELS } from '@/lib/flow/finding/kinds'
import { levelOf, scoreOf } from '@/lib/flow/finding/level'
import { hash53 } from '@/lib/flow/hash'
import { Problem } from '@/lib/flow/problem'
import { timeBefore } from '@/lib/flow/time/baseline'
import type { View } from '@/lib/flow/view/view'
import { instant } from '@/lib/query/columns/words'
import { beacon } from '@/lib/query/findings/kinds/beacon'
import { denySurge } from '@/lib/query/findings/kinds/deny-surge'
import { exfiltration } from '@/lib/query/findings/kinds/exfiltration'
import { exposed } from '@/lib/query/findings/kinds/exposed'
import { fanOut } from '@/lib/query/findings/kinds/fan-out'
import { letIn } from '@/lib/query/findings/kinds/let-in'
import { listed } from '@/lib/query/findings/kinds/listed'
import { newDestination } from '@/lib/query/findings/kinds/new-destination'
import { oddProtocol } from '@/lib/query/findings/kinds/odd-protocol'
import { silence } from '@/lib/query/findings/kinds/silence'
import type { AskKind, FoundCase } from '@/lib/query/findings/question/asking'
import type { BaselineCover } from '@/lib/query/findings/question/cover'
import { MOST } from '@/lib/query/findings/question/most'
import type { Scoped } from '@/lib/query/where/scope'
import type { Store } from '@/lib/store/store'

const ASK: { readonly [Kind in FindingKind]: AskKind<Kind> } = {
  'let-in': letIn,
  exposed,
  beacon,
  exfiltration,
  'fan-out': fanOut,
  'new-destination': newDestination,
  'deny-surge': denySurge,
  listed,
  'odd-protocol': oddProtocol,
  silence,
}

export interface FindingsOptions extends Scoped {
  /** Length of the baseline, which ends where the view begins. Milliseconds. */
  baseline: number
  /** The known part of the baseline. */
  cover: BaselineCover
  thresholds: Thresholds
  /** MACs of NICs in the range with unread blobs. */
  unread: ReadonlySet<string>
}

/** Adds terms to a filter, so that both must match. */
function within(q: string, terms: string): string {
  return q.trim() === '' ? terms : `(${q}) ${terms}`
}

function finding(kind: FindingKind, { key, weight, terms, range, ...rest }: FoundCase, view: View): Finding {
  const score = scoreOf(weight)
  return {
    id: hash53(JSON.stringify([kind, ...key])).toString(36),
    kind,
    level: levelOf(score),
    score,
    sentence: rest.sentence,
    src: rest.src,
    dst: rest.dst,
    dport: rest.dport,
    first: instant(rest.first),
    last: instant(rest.last),
    tuples: rest.tuples,
    bytes: rest.bytes,
    figures: rest.figures as Finding['figures'],
    q: within(view.q, terms),
    from: instant(range?.from ?? view.from),
    to: instant(range?.to ?? view.to),
  }
}

/** Compares by level, then score, then kind and subject, so that the order is stable. */
export function bestFirst(a: Finding, b: Finding): number {
  return (
    LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level) ||
    b.score - a.score ||
    FINDING_KINDS.indexOf(a.kind) - FINDING_KINDS.indexOf(b.kind) ||
    (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
  )
}

/**
 * Finds one kind in the rows of the view, compared with the time before; unordered.
 * @throws Problem `limit` if there are too many findings
 */
export async function findingsOf<Kind extends FindingKind>(
  kind: Kind,
  store: Store,
  view: View,
  { scope, baseline, thresholds, unread, cover }: FindingsOptions,
  signal?: AbortSignal,
): Promise<Finding[]> {
  const ask: AskKind<Kind> = ASK[kind]
  const asked = { store, view, baseline: timeBefore(view, baseline), scope, thresholds: thresholds[kind], cover, unread, signal }
  const found = await ask(asked)
  if (found.length > MOST)
    throw new Problem('limit', `There are more than ${MOST} findings of kind ${kind}; expected a filter, or higher thresholds`, {
      key: 'thresholds',
    })
  return found.map((one) => finding(kind, one, view))
}
