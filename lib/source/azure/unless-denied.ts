import { Problem } from '@/lib/flow/problem'

/** What a part of a source gives; null when it may not be seen, which `report` is told. */
export async function unlessDenied<T>(part: Promise<T>, report: ((problem: Problem) => void) | undefined): Promise<T | null> {
  try {
    return await part
  } catch (error) {
    if (!(error instanceof Problem) || error.kind !== 'denied') throw error
    report?.(error)
    return null
  }
}
