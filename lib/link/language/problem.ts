import { Problem } from '@/lib/flow/problem'

/** The filter is wrong at character `at` of its text. */
export function filterProblem(message: string, at: number): Problem {
  return new Problem('ask', `Filter: ${message}`, { key: 'q', at })
}
