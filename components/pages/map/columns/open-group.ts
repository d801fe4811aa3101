import type { ContextName } from '@/lib/flow/context'
import { fieldOf, type KeyField } from '@/lib/flow/fields'

/** What is inside a group, the widest that context tells of first; without any of these it is addresses. */
const INSIDE: Partial<Record<ContextName, readonly ContextName[]>> = {
  net: ['subnet'],
  vnet: ['subnet'],
  country: ['org'],
}

/** The field that a group of this field is opened to, network → subnet → host; null where it is no group. */
export function inside(field: KeyField, told: readonly ContextName[]): KeyField | null {
  const { context } = fieldOf(field)
  if (context === undefined) return null
  const next = INSIDE[context.name]?.find((name) => told.includes(name))
  const before = context.end === null ? '' : `${context.end}.`
  return next === undefined ? (context.end ?? 'ip') : (`${before}${next}` as KeyField)
}
