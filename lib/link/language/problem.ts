import { Problem } from '@/lib/flow/problem'

/** Returns a Problem for a mistake at character `at` of the filter's text. */
export function filterProblem(message: string, at: number): Problem {
  return new Problem('ask', `Filter: ${message}`, { key: 'q', at })
}
