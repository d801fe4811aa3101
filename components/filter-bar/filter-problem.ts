import { Problem } from '@/lib/flow/problem'
import { parseFilter } from '@/lib/link/parse'

/** Why a filter text cannot be asked, or null. */
export function filterProblem(text: string): Problem | null {
  try {
    parseFilter(text)
    return null
  } catch (error) {
    if (error instanceof Problem) return error
    throw error
  }
}
