import type { FilterField } from '@/lib/flow/field/fields'
import { ruleName } from '@/lib/flow/tuple/rule-name'
import { aclName, shortResource } from './resource'

/** Returns the name of a value for people: a rule without its prefix, the last part of a resource's id. */
export function valueName(field: FilterField, value: string): string {
  if (field === 'rule') return ruleName(value)
  if (field === 'acl') return aclName(value)
  const name = field === 'log' ? shortResource(value) : value
  return name === '' ? 'none named' : name
}
