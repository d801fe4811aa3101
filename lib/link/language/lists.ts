import { Problem } from '@/lib/flow/problem'
import type { Filter, Test } from '@/lib/flow/view/filter'
import { FILTER_VALUES, parseFilter } from './parse'
import { filterProblem } from './problem'

/** Names of the saved lists in a filter, in lower case. */
export function listsIn(filter: Filter | null): Set<string> {
  if (filter === null) return new Set()
  if (filter.op === 'match') return new Set(filter.tests.flatMap((test) => (test.kind === 'list' ? [test.name.toLowerCase()] : [])))
  return filter.op === 'not' ? listsIn(filter.of) : new Set(filter.of.flatMap((part) => [...listsIn(part)]))
}

function written(value: string): string {
  return /[\s()",]/.test(value) ? `"${value.replace(/["\\]/g, '\\$&')}"` : value
}

/**
 * The filter with the values of saved lists in the place of their names; `valuesOf` takes a name in lower case and gives null where there is no such list.
 * @throws Problem `ask` at a name that there is not, or whose values are none of its field.
 */
export function withLists(filter: Filter, valuesOf: (name: string) => readonly string[] | null): Filter {
  let values = 0
  const testsOf = (match: Extract<Filter, { op: 'match' }>, name: string): Test[] => {
    const list = valuesOf(name.toLowerCase())
    if (list === null) throw filterProblem(`there is no saved list $${name}; expected one that has been saved`, match.at)
    values += list.length
    if (values > FILTER_VALUES) throw filterProblem(`its lists hold too many values; expected at most ${FILTER_VALUES}`, match.at)
    try {
      const read = parseFilter(`${match.field}:${list.map(written).join(',')}`)
      if (read?.op === 'match') return read.tests
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      throw filterProblem(`$${name} holds what ${match.field} cannot be: ${error.message.replace(/^Filter: /, '')}`, match.at)
    }
    throw filterProblem(`$${name} holds what ${match.field} cannot be; expected plain values`, match.at)
  }
  const put = (of: Filter): Filter => {
    if (of.op === 'match') return { ...of, tests: of.tests.flatMap((test) => (test.kind === 'list' ? testsOf(of, test.name) : [test])) }
    return of.op === 'not' ? { ...of, of: put(of.of) } : { ...of, of: of.of.map(put) }
  }
  return put(filter)
}
