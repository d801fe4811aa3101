import { Problem } from '@/lib/flow/problem'

export function cancelled(): Problem {
  return new Problem('cancelled', 'The read was cancelled')
}
