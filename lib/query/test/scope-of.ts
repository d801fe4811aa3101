import { KNOWN } from '@/lib/query/test/naive/context'
import { Scope } from '@/lib/query/where/scope'

/** Returns a scope from the notation of tests and naive readings: null means every source. It includes the context files of the tests. */
export function scopeOf(sources: readonly string[] | null): Scope {
  return (sources === null ? Scope.everything : Scope.ofSources(sources)).knowing(KNOWN)
}
