import { type FilterField, fieldOf } from '@/lib/flow/field/fields'
import { serviceName } from '@/lib/flow/tuple/services'
import { decodeRule, shortResource } from './rule'

function reading(field: FilterField, value: string): string | undefined {
  if (fieldOf(field).type === 'port') {
    const service = serviceName(Number(value))
    return service ? `${value} ${service}` : undefined
  }
  if (field === 'rule') return decodeRule(value).name
  return field === 'acl' || field === 'log' ? shortResource(value) : undefined
}

/** Returns a readable form of a value: a port with its service, a rule without its prefix, the last part of a resource's id. */
export function valueText(field: FilterField, value: string): string {
  const text = reading(field, value) ?? value
  return text === '' ? 'none named' : text
}
