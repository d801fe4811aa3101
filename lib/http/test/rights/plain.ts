import type { Coverage } from '@/lib/flow/answer/answer'
import type { CoverageAnswer } from '@/lib/flow/answer/read/coverage'
import type { HolesAnswer } from '@/lib/flow/answer/read/holes'
import type { Question } from './questions'

/** The part of an answer that does not depend on the moment, with its statements about rights kept apart. */
export interface Plain {
  status: number
  text: string
  complete: boolean | null
  /** Number of blobs that may not be read, and whether a folder may not be listed. */
  denied: number
  refused: boolean
}

/** Keys that depend on the moment: what had been read before, how long it took, the request's id. */
const OF_THE_MOMENT = new Set(['cachedBlobs', 'cachedBytes', 'estimateMs', 'made', 'requestId', 'left', 'bytesRead'])

function settle(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(settle)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).flatMap(([key, one]) => (OF_THE_MOMENT.has(key) ? [] : [[key, settle(one)]])))
}

function readCoverage(body: { coverage?: Coverage }): Pick<Plain, 'complete' | 'denied' | 'refused'> {
  const { coverage } = body
  if (!coverage) return { complete: null, denied: 0, refused: false }
  const rights = coverage.problems.filter(({ kind }) => kind === 'rights')
  const { complete } = coverage
  coverage.problems = coverage.problems.filter(({ kind }) => kind !== 'rights')
  coverage.complete = true
  return { complete, denied: rights.reduce((sum, { count }) => sum + count, 0), refused: rights.some(({ count }) => count === 0) }
}

/** Shows hours that may not be read like a server that does not have them: without a blob. */
function without(body: Partial<CoverageAnswer & HolesAnswer>): void {
  for (const cell of body.cells ?? []) if (cell.state === 'denied') cell.state = 'absent'
  if (!body.spans) return
  body.unlisted = []
  body.spans = body.spans
    .map((span) => ({ ...span, denied: 0, quiet: span.quiet + span.denied }))
    .filter(({ quiet, failed, unread, torn, growing }) => quiet === body.cards || failed + unread + torn + growing > 0)
}

/** The view and the outcome of a load, without its progress. */
function eventsOf(text: string): unknown[] {
  return text
    .trim()
    .split('\n\n')
    .flatMap((event) => {
      const [, name = '', data = ''] = /^event: (\w+)\ndata: (.*)$/s.exec(event) ?? []
      return name === 'progress' ? [] : [[name, JSON.parse(data)]]
    })
}

export async function plain({ route }: Question, response: Response): Promise<Plain & { whole: string }> {
  const whole = await response.text()
  const { status } = response
  const unsaid = { complete: null, denied: 0, refused: false }
  if (status === 200 && route === 'export') return { status, text: whole, whole, ...unsaid }
  if (status === 200 && route === 'load') return { status, text: JSON.stringify(settle(eventsOf(whole))), whole, ...unsaid }
  const body = JSON.parse(whole) as { coverage?: Coverage }
  without(body)
  const said = readCoverage(body)
  return { status, text: JSON.stringify(settle(body)), whole, ...said }
}
