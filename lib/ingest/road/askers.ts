import { Problem, type ProblemKind } from '@/lib/flow/problem'
import type { Blob } from '@/lib/flow/reading/blob'
import type { Passed } from '@/lib/flow/reading/passed'
import type { ReportProblem, Source } from '@/lib/source/model/source'

/** A failed source is not queried again before this time has passed. Milliseconds. */
const RETRY_AFTER = 3000
/** Problems that are not the source's fault. */
const PASSING: ReadonlySet<ProblemKind> = new Set<ProblemKind>(['cancelled', 'slow', 'signin'])

/** The parts that sources left out of their answers. */
export interface Omissions {
  /** Sources that could not answer, or not completely. */
  failed: { source: Source; problem: Problem }[]
  /** Blobs that were listed but may not be read with the person's rights. */
  denied: Blob[]
  /** Objects without flow logs. */
  passed: { source: Source; passed: Passed }[]
  /** Problems of the search for more flow logs; nothing is known to be missing. */
  aside: { source: Source; problem: Problem }[]
}

/** Queries several sources. If one fails, the others still answer, and the failed one is not queried for a while. */
export class Askers {
  private readonly trouble = new Map<string, { problem: Problem; at: number }>()

  constructor(
    private readonly sources: readonly Source[],
    private readonly now: () => number,
  ) {}

  /** Queries every source; failures and reported omissions are returned beside the answers. */
  async all<T>(signal: AbortSignal, ask: (source: Source, report: ReportProblem) => Promise<T>): Promise<Omissions & { results: T[] }> {
    const failed: Omissions['failed'] = []
    const denied: Blob[] = []
    const passed: Omissions['passed'] = []
    const aside: Omissions['aside'] = []
    const settled = await Promise.allSettled(
      this.sources.map((source) =>
        this.one(source, (asked) =>
          ask(asked, (problem, about) => {
            if (about === undefined) failed.push({ source, problem })
            else if ('denied' in about) denied.push(...about.denied)
            else if ('passed' in about) passed.push({ source, passed: about.passed })
            else aside.push({ source, problem })
          }),
        ),
      ),
    )
    if (signal.aborted) throw new Problem('cancelled', 'Listing was cancelled')
    const results: T[] = []
    for (const [i, result] of settled.entries()) {
      if (result.status === 'fulfilled') results.push(result.value)
      else failed.push({ source: this.sources[i]!, problem: listingProblem(this.sources[i]!, result.reason) })
    }
    for (const { problem } of failed) if (problem.kind === 'signin') throw problem
    return { results, failed, denied, passed, aside }
  }

  private async one<T>(source: Source, ask: (source: Source) => Promise<T>): Promise<T> {
    const trouble = this.trouble.get(source.id)
    if (trouble && this.now() - trouble.at < RETRY_AFTER) throw trouble.problem
    try {
      const result = await ask(source)
      this.trouble.delete(source.id)
      return result
    } catch (error) {
      const problem = listingProblem(source, error)
      if (!PASSING.has(problem.kind)) this.trouble.set(source.id, { problem, at: this.now() })
      throw problem
    }
  }
}

function listingProblem(source: Source, error: unknown): Problem {
  return error instanceof Problem ? error : new Problem('source', `Source ${source.name} failed`, { where: source.id, cause: error })
}
