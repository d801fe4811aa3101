import { Problem } from '@/lib/flow/problem'
import { parseFilter } from '@/lib/link/parse'

/** A parameter of the link that the page left out of account, and why. */
export interface Ignored {
  key: string
  value: string
  reason: string
}

export interface ReadView {
  q: string
  problem: Problem | null
  ignored: readonly Ignored[]
}

export function readView(params: URLSearchParams, _path: string): ReadView {
  const q = params.get('q') ?? ''
  return { q, problem: filterProblem(q), ignored: [] }
}

/** Why a filter text cannot be asked, or null. */
export function filterProblem(q: string): Problem | null {
  try {
    parseFilter(q)
    return null
  } catch (error) {
    if (error instanceof Problem) return error
    throw error
  }
}
