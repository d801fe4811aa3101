import { type FieldName, isContextField } from '@/lib/flow/fields'
import type { Filter } from '@/lib/flow/filter'

/** Fields that a filter asks of. */
function fieldsOf(filter: Filter): FieldName[] {
  if (filter.op === 'match') return [filter.field]
  return filter.op === 'not' ? fieldsOf(filter.of) : filter.of.flatMap(fieldsOf)
}

/** True if a filter asks of anything that context files tell, rather than the logs. */
export function filtersByContext(filter: Filter | null): boolean {
  return filter !== null && fieldsOf(filter).some(isContextField)
}

/** True if the answer to a question depends on the context files: by its filter, what it groups by, or what it shows. */
export function isByContext({ filter }: { filter: Filter | null }, options: Readonly<Record<string, unknown>>): boolean {
  const named = [options.by, options.field].flat().filter((one): one is FieldName => typeof one === 'string')
  return options.context === true || named.some(isContextField) || filtersByContext(filter)
}
