import type { Blob } from '@/lib/flow/blob'
import { Problem, type ProblemKind } from '@/lib/flow/problem'
import type { Report, Source } from '@/lib/source/source'

/** A source that failed is not asked again before this has passed. Milliseconds. */
const RETRY_AFTER = 3000
/** What is no trouble of the source. */
const PASSING: ReadonlySet<ProblemKind> = new Set<ProblemKind>(['cancelled', 'slow', 'signin'])

/** What sources left out of their answers. */
export interface Omissions {
  /** Sources that could not answer, or not in full. */
  failed: { source: Source; problem: Problem }[]
  /** Blobs that were seen and may not be read with the asker's rights. */
  denied: Blob[]
}

/** Asks several sources the same; one that fails leaves the others answering, and is left alone for a while. */
export class Askers {
  private readonly trouble = new Map<string, { problem: Problem; at: number }>()

  constructor(
    private readonly sources: readonly Source[],
    private readonly now: () => number,
  ) {}

  /** Asks every source; what fails, or is reported as missing from an answer, comes beside the answers. */
  async all<T>(signal: AbortSignal, ask: (source: Source, report: Report) => Promise<T>): Promise<Omissions & { results: T[] }> {
    const failed: Omissions['failed'] = []
    const denied: Blob[] = []
    const settled = await Promise.allSettled(
      this.sources.map((source) =>
        this.one(source, (asked) => ask(asked, (problem, blobs) => (blobs ? denied.push(...blobs) : failed.push({ source, problem })))),
      ),
    )
    if (signal.aborted) throw new Problem('cancelled', 'Listing was cancelled')
    const results: T[] = []
    for (const [i, result] of settled.entries()) {
      if (result.status === 'fulfilled') results.push(result.value)
      else failed.push({ source: this.sources[i]!, problem: asProblem(this.sources[i]!, result.reason) })
    }
    for (const { problem } of failed) if (problem.kind === 'signin') throw problem
    return { results, failed, denied }
  }

  private async one<T>(source: Source, ask: (source: Source) => Promise<T>): Promise<T> {
    const trouble = this.trouble.get(source.id)
    if (trouble && this.now() - trouble.at < RETRY_AFTER) throw trouble.problem
    try {
      const result = await ask(source)
      this.trouble.delete(source.id)
      return result
    } catch (error) {
      const problem = asProblem(source, error)
      if (!PASSING.has(problem.kind)) this.trouble.set(source.id, { problem, at: this.now() })
      throw problem
    }
  }
}

function asProblem(source: Source, error: unknown): Problem {
  return error instanceof Problem ? error : new Problem('source', `Source ${source.name} failed`, { where: source.id, cause: error })
}
