import { Scope } from '@/lib/query/where/scope'
import { KNOWN } from './naive-context'

/** As tests and the naive readings spell it: null means every source. What the context files of the tests tell is known. */
export function scopeOf(sources: readonly string[] | null): Scope {
  return (sources === null ? Scope.everything : Scope.ofSources(sources)).knowing(KNOWN)
}
