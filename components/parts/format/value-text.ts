import { type FilterField, fieldOf } from '@/lib/flow/field/fields'
import { serviceName } from '@/lib/flow/tuple/services'
import { aclName, decodeRule, shortResource } from './rule'

/** Returns the name of a value for people: a rule without its prefix, the last part of a resource's id. */
export function valueName(field: FilterField, value: string): string {
  if (field === 'rule') return decodeRule(value).name
  if (field === 'acl') return aclName(value)
  const name = field === 'log' ? shortResource(value) : value
  return name === '' ? 'none named' : name
}

/** Returns a readable form of a value: its name, a port with its service. */
export function valueText(field: FilterField, value: string): string {
  const service = fieldOf(field).type === 'port' ? serviceName(Number(value)) : null
  return service ? `${value} ${service}` : valueName(field, value)
}
