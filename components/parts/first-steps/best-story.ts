import { fetchAnswer } from '@/components/parts/answer/fetch-answer'
import { type Story, storiesOf } from '@/components/parts/findings/stories'
import { writeInstant } from '@/lib/link/keys/instant'

/** The story that the steps follow: the best one of the latest 24 hours that hold data. */
export interface BestStory {
  /** Null if nothing deserves a look. */
  story: Story | null
  /** Number of stories that deserve a look. */
  stories: number
  /** Tuples that were looked at. */
  tuples: number
  /** The range, as in a link. */
  from: string
  to: string
}

/** Asks for findings and picks the best story. @throws AnswerError */
export async function findStory(signal: AbortSignal): Promise<BestStory> {
  const { rows, view, coverage } = await fetchAnswer('findings', new URLSearchParams(), signal)
  const stories = storiesOf(rows.filter(({ level }) => level !== 'low'))
  const [from, to] = [view.from, view.to].map((instant) => writeInstant(Date.parse(instant))) as [string, string]
  return { story: stories[0] ?? null, stories: stories.length, tuples: coverage.tuples, from, to }
}
