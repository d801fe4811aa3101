import { Problem } from '@/lib/flow/problem'

/** Resolves to the result of `part`; if that fails with `denied`, passes the problem to `report` and resolves to null. */
export async function unlessDenied<T>(part: Promise<T>, report: ((problem: Problem) => void) | undefined): Promise<T | null> {
  try {
    return await part
  } catch (error) {
    if (!(error instanceof Problem) || error.kind !== 'denied') throw error
    report?.(error)
    return null
  }
}
