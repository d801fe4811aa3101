import type { CoverageProblem } from '@/lib/flow/answer/answer'
import type { Problem } from '@/lib/flow/problem'
import type { Blob } from '@/lib/flow/reading/blob'
import { type Passed, passedLine } from '@/lib/flow/reading/passed'
import type { Source } from '@/lib/source/model/source'

/** Maximum number of problems listed one by one in an answer; the rest is summarised. */
const NAMED_PROBLEMS = 200

const NOWHERE = { blob: null, bytes: 0, offset: null, sample: null }

/** The problem of a source that could not be listed completely. For a single person, a refusal is a matter of rights about an unknown number of blobs. */
export function sourceProblem({ source, problem }: { source: Source; problem: Problem }, personal: boolean): CoverageProblem {
  const isRight = personal && problem.kind === 'denied'
  const named = { message: problem.message, source: source.id, reason: problem.kind }
  return { kind: isRight ? 'rights' : 'source', ...named, count: isRight ? 0 : 1, ...NOWHERE }
}

/** Returns one problem for each kind of object that holds no flow log, without irrelevant kinds. */
export function passedProblems(found: readonly { source: Source; passed: Passed }[]): CoverageProblem[] {
  return found.flatMap(({ source, passed }): CoverageProblem[] => {
    if (passed.grade === 'calm') return []
    const message = `${source.name}: ${passedLine(passed)}`
    const isMissing = passed.grade === 'missing'
    const [kind, reason] = isMissing ? (['missing', 'other-form'] as const) : (['passed', 'no-flow-log'] as const)
    return [{ kind, message, source: source.id, reason, count: passed.count, ...NOWHERE }]
  })
}

/** Returns a problem that hindered the search for more flow logs; it does not make the answer incomplete. */
export function asideProblem({ source, problem }: { source: Source; problem: Problem }): CoverageProblem {
  return { kind: 'passed', message: problem.message, source: source.id, reason: problem.kind, count: 1, ...NOWHERE }
}

/** Blobs that may not be read, counted by source and not named. */
export function rightsProblems(denied: readonly Blob[]): CoverageProblem[] {
  const counts = new Map<string, number>()
  for (const { source } of denied) counts.set(source, (counts.get(source) ?? 0) + 1)
  return [...counts].map(([source, count]) => {
    const message = `${source}: ${count} ${count === 1 ? 'blob' : 'blobs'} may not be read with your rights`
    return { kind: 'rights', message, source, reason: 'denied', count, ...NOWHERE }
  })
}

export function blobProblem(blob: Blob, problem: Problem): CoverageProblem {
  return { kind: 'blob', message: problem.message, source: blob.source, ...NOWHERE, blob: blob.name, reason: problem.kind, count: 1 }
}

const WEIGHT = { rights: 0, source: 0, blob: 1, missing: 1, passed: 5, record: 2, tuple: 3, warning: 4 }

/** Sorts problems by severity, the most severe first, and sums up those beyond the limit, one entry for each kind. */
export function shorten(problems: CoverageProblem[]): CoverageProblem[] {
  const sorted = problems.sort((a, b) => WEIGHT[a.kind] - WEIGHT[b.kind])
  const rest = sorted.slice(NAMED_PROBLEMS)
  const kinds = [...new Set(rest.map(({ kind }) => kind))]
  const sums = kinds.map((kind): CoverageProblem => {
    const these = rest.filter((problem) => problem.kind === kind)
    const count = these.reduce((sum, problem) => sum + problem.count, 0)
    const bytes = these.reduce((sum, problem) => sum + problem.bytes, 0)
    const message = `${count} more in ${these.length} further entries of this kind`
    return { kind, message, source: null, blob: null, reason: 'more', count, bytes, offset: null, sample: null }
  })
  return [...sorted.slice(0, NAMED_PROBLEMS), ...sums]
}
