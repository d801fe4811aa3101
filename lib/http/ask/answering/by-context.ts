import { type FieldName, isToldByFiles } from '@/lib/flow/field/fields'
import type { Filter } from '@/lib/flow/view/filter'

/** Returns the fields that a filter uses. */
function fieldsOf(filter: Filter): FieldName[] {
  if (filter.op === 'match') return [filter.field]
  return filter.op === 'not' ? fieldsOf(filter.of) : filter.of.flatMap(fieldsOf)
}

/** True if a filter uses context fields. */
export function filtersByContext(filter: Filter | null): boolean {
  return filter !== null && fieldsOf(filter).some(isToldByFiles)
}

/** True if the answer to a query depends on the context files: by its filter, its grouping, or its columns. */
export function isByContext({ filter }: { filter: Filter | null }, options: Readonly<Record<string, unknown>>): boolean {
  const named = [options.by, options.field].flat().filter((one): one is FieldName => typeof one === 'string')
  return options.context === true || named.some(isToldByFiles) || filtersByContext(filter)
}
