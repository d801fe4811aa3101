import type { PathsAnswer } from '@/lib/flow/answer/traffic/paths'
import { fieldOf, type KeyField } from '@/lib/flow/field/fields'
import { Problem } from '@/lib/flow/problem'
import { addTerm, joinFilters } from '@/lib/link/editing/edit'
import { printValue } from '@/lib/link/language/print'

type Node = PathsAnswer['nodes'][number]

/** A node with the field of its column, and the values of that column with their own nodes. */
export interface Marked {
  field: KeyField
  node: Pick<Node, 'value' | 'other'>
  shown: readonly string[]
}

/** False for fields of which a tuple may have several values: then the rest cannot be described as all other values. */
function isPlain(field: KeyField): boolean {
  const { context } = fieldOf(field)
  if (context === undefined) return field !== 'ip' && field !== 'port'
  return context.end !== null && context.name !== 'tag' && context.name !== 'list'
}

function termOf({ field, node, shown }: Marked): string {
  if (!node.other) return `${field}:${printValue(field, node.value)}`
  return `not ${field}:${shown.map((value) => printValue(field, value)).join(',')}`
}

function keep(q: string, marked: Marked): string {
  return marked.node.other ? joinFilters(q, termOf(marked)) : addTerm(q, marked.field, marked.node.value)
}

function without(q: string, marked: readonly Marked[]): string {
  const [one, ...more] = marked
  if (more.length > 0) return joinFilters(q, `not (${marked.map(termOf).join(' ')})`)
  if (one!.node.other) return joinFilters(q, `${one!.field}:${one!.shown.map((value) => printValue(one!.field, value)).join(',')}`)
  return addTerm(q, one!.field, one!.node.value, { not: true })
}

/**
 * Returns the filter that includes the tuples of a node or of a link between two nodes, and the one that excludes them; null if no filter can, or if `q` itself
 * cannot be parsed.
 */
export function filtersOf(q: string, marked: readonly Marked[]): { keep: string; drop: () => string } | null {
  if (marked.some(({ field, node }) => node.other && !isPlain(field))) return null
  try {
    return { keep: marked.reduce(keep, q), drop: () => without(q, marked) }
  } catch (error) {
    if (error instanceof Problem) return null
    throw error
  }
}
