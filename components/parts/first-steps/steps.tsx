import type { ReactNode } from 'react'
import type { Story } from '@/components/parts/findings/stories'
import { formatPlural } from '@/components/parts/format/number'
import type { Patch } from '@/components/parts/view/patch'
import type { Finding } from '@/lib/flow/answer/traffic/findings'
import type { FindingKind } from '@/lib/flow/finding/kinds'
import { writeInstant } from '@/lib/link/keys/instant'
import type { BestStory } from './best-story'

/** One question, its answer in words, and the page that shows it. */
export interface Step {
  question: string
  answer: ReactNode
  path: string
  patch: Patch
}

/** Most findings of a story that are steps: the best, in the order of time. */
const MOST = 5

/** Keys to remove from a step's link, so that it consists of the step's own keys. */
const NOTHING_ELSE: Patch = Object.fromEntries(
  ['from', 'to', 'last', 'q', 'log', 'asof', 'off', 'by', 'metric', 'rule', 'acl', 'dir', 'row', 'prev', 'per', 'order', 'sort'].map(
    (key) => [key, null],
  ),
)

/** The question that each kind of finding answers. */
const QUESTIONS: Readonly<Record<FindingKind, string>> = {
  'let-in': 'Who got in?',
  exposed: 'What can be reached from outside?',
  beacon: 'Whom does it call again and again?',
  exfiltration: 'What left the network?',
  'fan-out': 'Where did it go from there?',
  'new-destination': 'Whom did it call for the first time?',
  'deny-surge': 'What was turned away?',
  listed: 'Which listed address is in it?',
  'odd-protocol': 'Which protocol is unusual?',
  silence: 'What fell silent?',
}

function bestOf({ findings }: Story): Finding[] {
  const best = new Set(findings.toSorted((a, b) => b.score - a.score).slice(0, MOST))
  return findings.filter((one) => best.has(one))
}

/** What an address received before it sent much out: its own flows until then, those that brought it the most bytes first. */
function fetched(address: string, { first }: Finding, range: Patch): Step {
  return {
    question: 'What did it fetch before?',
    answer: (
      <>
        What left may have been gathered first: the flows that <span className="data">{address}</span> opened until then, those that brought
        it the most bytes first.
      </>
    ),
    path: '/explorer',
    patch: { ...range, to: writeInstant(Date.parse(first)), q: `src:${address}`, per: 'flow', order: '-bytesReceived' },
  }
}

/** The best story as questions, each on the page that answers it. */
export function stepsOf(story: Story, { stories, from, to }: Omit<BestStory, 'story'>): Step[] {
  const { address, text, findings } = story
  const range = { ...NOTHING_ELSE, from, to }
  const name = address === null ? 'the network' : <span className="data">{address}</span>
  const told = bestOf(story).flatMap((finding): Step[] => {
    const { kind, sentence, q } = finding
    const step = {
      question: QUESTIONS[kind],
      answer: `${sentence}. These are its tuples; open one to see its raw bytes.`,
      path: '/explorer',
      patch: { ...NOTHING_ELSE, q, from: writeInstant(Date.parse(finding.from)), to: writeInstant(Date.parse(finding.to)) },
    }
    return kind === 'exfiltration' && address !== null ? [fetched(address, finding, range), step] : [step]
  })
  const host: Step[] =
    address === null
      ? []
      : [
          {
            question: 'What else did it do?',
            answer: <>All traffic of {name}. Every address has a page like this one.</>,
            path: `/host/${address}`,
            patch: range,
          },
        ]
  return [
    {
      question: 'What deserves a look?',
      answer: (
        <>
          Of {formatPlural(stories, 'story', 'stories')}, the first is about {name}: {text}.
        </>
      ),
      path: '/',
      patch: range,
    },
    ...told,
    ...host,
    {
      question: 'Hand it over',
      answer: (
        <>
          <em>Start an investigation</em> keeps the story of {name} with its {formatPlural(findings.length, 'finding')}, each with a link to
          its tuples. On any page, c copies a link that gives the same answer tomorrow.
        </>
      ),
      path: '/findings',
      patch: range,
    },
  ]
}
