import type { Finding } from '@/lib/flow/answer/findings'
import type { Thresholds } from '@/lib/flow/finding/facts'
import { FINDING_KINDS, type FindingKind, LEVELS } from '@/lib/flow/finding/kinds'
import { levelOf, scoreOf } from '@/lib/flow/finding/level'
import { hash53 } from '@/lib/flow/hash'
import { Problem } from '@/lib/flow/problem'
import type { View } from '@/lib/flow/view'
import { instant } from '@/lib/query/columns/words'
import type { Scoped } from '@/lib/query/where/scope'
import type { Store } from '@/lib/store/store'
import type { Ask, Found } from './asking'
import { beacon } from './beacon'
import type { Cover } from './cover'
import { denySurge } from './deny-surge'
import { exfiltration } from './exfiltration'
import { exposed } from './exposed'
import { fanOut } from './fan-out'
import { letIn } from './let-in'
import { listed } from './listed'
import { MOST } from './most'
import { newDestination } from './new-destination'
import { oddProtocol } from './odd-protocol'
import { silence } from './silence'

const ASK: { readonly [Kind in FindingKind]: Ask<Kind> } = {
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
  /** What of the baseline is known. */
  cover: Cover
  thresholds: Thresholds
  /** MACs of NICs of which the range has blobs that have not been read. */
  unread: ReadonlySet<string>
}

/** The same question about the time before. */
export function baselineOf(view: View, length: number): View {
  return { ...view, from: Math.max(0, view.from - length), to: view.from }
}

/** Terms that hold to the view's filter as well. */
function within(q: string, terms: string): string {
  return q.trim() === '' ? terms : `(${q}) ${terms}`
}

function finding(kind: FindingKind, { key, weight, terms, range, ...rest }: Found, view: View): Finding {
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

/** By level, then score, then kind and what it is about, so that equal findings keep their order. */
export function bestFirst(a: Finding, b: Finding): number {
  return (
    LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level) ||
    b.score - a.score ||
    FINDING_KINDS.indexOf(a.kind) - FINDING_KINDS.indexOf(b.kind) ||
    (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
  )
}

/** What one kind finds in the rows of the view, compared with the time before; in no order. @throws Problem `limit` where there are too many. */
export async function findingsOf<Kind extends FindingKind>(
  kind: Kind,
  store: Store,
  view: View,
  { scope, baseline, thresholds, unread, cover }: FindingsOptions,
  signal?: AbortSignal,
): Promise<Finding[]> {
  const ask: Ask<Kind> = ASK[kind]
  const asked = { store, view, baseline: baselineOf(view, baseline), scope, thresholds: thresholds[kind], cover, unread, signal }
  const found = await ask(asked)
  if (found.length > MOST)
    throw new Problem('limit', `There are more than ${MOST} findings of kind ${kind}; expected a filter, or higher thresholds`, {
      key: 'thresholds',
    })
  return found.map((one) => finding(kind, one, view))
}
