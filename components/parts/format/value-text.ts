import { type FilterField, fieldOf } from '@/lib/flow/field/fields'
import { serviceName } from '@/lib/flow/tuple/services'
import { valueName } from './value-name'

/** Returns a readable form of a value: its name, a port with its service. */
export function valueText(field: FilterField, value: string): string {
  const service = fieldOf(field).type === 'port' ? serviceName(Number(value)) : null
  return service ? `${value} ${service}` : valueName(field, value)
}
