import { Problem, type ProblemKind } from '@/lib/flow/problem'
import type { Blob } from '@/lib/flow/reading/blob'
import type { Passed } from '@/lib/flow/reading/passed'
import type { ReportProblem, Source } from '@/lib/source/model/source'
import { onAbort } from '@/lib/source/wait/on-abort'

/** A failed source is not queried again before this time has passed. Milliseconds. */
const RETRY_AFTER = 3000
/** For how long a source may be silent before a question goes on without it, and one that failed last time. Milliseconds. */
const PATIENCE = { usual: 15_000, troubled: 1000 }
/** A silence is looked at again after this time, because the server itself may have been too busy to listen. Milliseconds. */
const GRACE = 250
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

interface Trouble {
  problem: Problem
  at: number
  /** True while it is asked for longer than a question waits. */
  isAsked: boolean
}

type Ask<T> = (source: Source, report: ReportProblem, signal: AbortSignal) => Promise<T>

/**
 * Queries several sources. If one fails or is silent, the others still answer. A silent source is asked on without a question that waits for it, and so is one
 * that failed, after a while: a later question has its answer.
 */
export class Askers {
  private readonly trouble = new Map<string, Trouble>()

  constructor(
    private readonly sources: readonly Source[],
    private readonly now: () => number,
    private readonly patience = PATIENCE,
  ) {}

  /** Queries every source; failures and reported omissions are returned beside the answers. */
  async all<T>(signal: AbortSignal, ask: Ask<T>): Promise<Omissions & { results: T[] }> {
    const failed: Omissions['failed'] = []
    const denied: Blob[] = []
    const passed: Omissions['passed'] = []
    const aside: Omissions['aside'] = []
    let over = false
    const settled = await Promise.allSettled(
      this.sources.map((source) =>
        this.one(source, signal, (own) =>
          ask(
            source,
            (problem, about) => {
              if (over) return
              if (about === undefined) failed.push({ source, problem })
              else if ('denied' in about) denied.push(...about.denied)
              else if ('passed' in about) passed.push({ source, passed: about.passed })
              else aside.push({ source, problem })
            },
            own,
          ),
        ),
      ),
    )
    over = true
    if (signal.aborted) throw new Problem('cancelled', 'Listing was cancelled')
    const results: T[] = []
    for (const [i, result] of settled.entries()) {
      if (result.status === 'fulfilled') results.push(result.value)
      else failed.push({ source: this.sources[i]!, problem: listingProblem(this.sources[i]!, result.reason) })
    }
    for (const { problem } of failed) if (problem.kind === 'signin') throw problem
    return { results, failed, denied, passed, aside }
  }

  private async one<T>(source: Source, signal: AbortSignal, ask: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const before = this.trouble.get(source.id)
    if (before && (before.isAsked || this.now() - before.at < RETRY_AFTER)) throw before.problem
    const own = new AbortController()
    const release = onAbort(signal, () => own.abort())
    const silence = new Silence(source, before ? this.patience.troubled : this.patience.usual)
    const asked = this.asked(source, ask(own.signal))
    try {
      return await Promise.race([asked, silence.tooLong])
    } catch (error) {
      if (error !== silence.problem) throw error
      const problem = before?.problem ?? silence.problem
      this.trouble.set(source.id, { problem, at: this.now(), isAsked: true })
      asked.catch(() => {})
      throw problem
    } finally {
      silence.end()
      release()
    }
  }

  private async asked<T>(source: Source, asking: Promise<T>): Promise<T> {
    try {
      const result = await asking
      this.trouble.delete(source.id)
      return result
    } catch (error) {
      const problem = listingProblem(source, error)
      const before = this.trouble.get(source.id)
      if (!PASSING.has(problem.kind)) this.trouble.set(source.id, { problem, at: this.now(), isAsked: false })
      else if (before) before.isAsked = false
      throw problem
    }
  }
}

/** Ends the wait for a source whose storage has sent nothing for a while. Sources that cannot tell are waited for. */
class Silence {
  readonly problem: Problem
  readonly tooLong: Promise<never>
  private timer: NodeJS.Timeout | undefined
  private readonly since = performance.now()

  constructor(
    source: Source,
    private readonly patience: number,
  ) {
    this.problem = new Problem(
      'source',
      `${source.id} has sent nothing for ${patience / 1000} s: the answer does not wait for it any longer`,
      {
        where: source.id,
      },
    )
    this.tooLong = new Promise((_, reject) => {
      if (source.heard !== undefined) this.wait(patience, source.heard, false, () => reject(this.problem))
    })
  }

  end(): void {
    clearTimeout(this.timer)
  }

  private wait(ms: number, heard: () => number, isGrace: boolean, give: () => void): void {
    this.timer = setTimeout(() => {
      const left = Math.max(this.since, heard()) + this.patience - performance.now()
      if (left > 0) this.wait(left, heard, false, give)
      else if (!isGrace) this.wait(GRACE, heard, true, give)
      else give()
    }, ms)
  }
}

function listingProblem(source: Source, error: unknown): Problem {
  return error instanceof Problem ? error : new Problem('source', `Source ${source.name} failed`, { where: source.id, cause: error })
}
