import type { ContextName } from '@/lib/flow/field/context'
import { fieldOf, type KeyField } from '@/lib/flow/field/fields'

/** The fields inside a group, the widest available one first; if context has none of them, it is addresses. */
const INSIDE: Partial<Record<ContextName, readonly ContextName[]>> = {
  net: ['subnet'],
  vnet: ['subnet'],
  country: ['org'],
}

/** Returns the field to which a group of this field is opened, network → subnet → host; null if it is not a group. */
export function inside(field: KeyField, told: readonly ContextName[]): KeyField | null {
  const { context, block } = fieldOf(field)
  if (block) return block.size === '16' ? `${block.end}24` : block.end
  if (context === undefined) return null
  const next = INSIDE[context.name]?.find((name) => told.includes(name))
  const before = context.end === null ? '' : `${context.end}.`
  return next === undefined ? (context.end ?? 'ip') : (`${before}${next}` as KeyField)
}
