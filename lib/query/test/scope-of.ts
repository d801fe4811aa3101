import { Scope } from '../scope'

/** As tests and the naive readings spell it: null means every source. */
export function scopeOf(sources: readonly string[] | null): Scope {
  return sources === null ? Scope.everything : Scope.ofSources(sources)
}
