import type { CoverageProblem } from '@/lib/flow/answers'
import type { Blob } from '@/lib/flow/blob'
import type { Problem } from '@/lib/flow/problem'
import type { Source } from '@/lib/source/source'

/** Problems named one by one in an answer; the rest is summed up. */
const NAMED_PROBLEMS = 200

const NOWHERE = { blob: null, offset: null, sample: null }

/** What could not be seen of a source. For one person a refusal is a matter of rights, about nobody knows how many blobs. */
export function sourceProblem({ source, problem }: { source: Source; problem: Problem }, personal: boolean): CoverageProblem {
  const isRight = personal && problem.kind === 'denied'
  const named = { message: problem.message, source: source.id, reason: problem.kind }
  return { kind: isRight ? 'rights' : 'source', ...named, count: isRight ? 0 : 1, ...NOWHERE }
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

const WEIGHT = { rights: 0, source: 0, blob: 1, record: 2, tuple: 3, warning: 4 }

/** The gravest first; what does not fit is one last entry per kind. */
export function shorten(problems: CoverageProblem[]): CoverageProblem[] {
  const sorted = problems.sort((a, b) => WEIGHT[a.kind] - WEIGHT[b.kind])
  const rest = sorted.slice(NAMED_PROBLEMS)
  const kinds = [...new Set(rest.map(({ kind }) => kind))]
  const sums = kinds.map((kind): CoverageProblem => {
    const these = rest.filter((problem) => problem.kind === kind)
    const count = these.reduce((sum, problem) => sum + problem.count, 0)
    const message = `${count} more in ${these.length} further entries of this kind`
    return { kind, message, source: null, blob: null, reason: 'more', count, offset: null, sample: null }
  })
  return [...sorted.slice(0, NAMED_PROBLEMS), ...sums]
}
