import type { PathsAnswer } from '@/lib/flow/answer/traffic/paths'
import type { KeyField } from '@/lib/flow/field/fields'
import type { PathMetric } from '@/lib/flow/field/metric'
import type { Fact } from '@/lib/query/test/facts'
import { compareText, groupBy, naiveSpelling, orderType, sums, textsOf } from './answers'

type Answer = Omit<PathsAnswer, 'view' | 'coverage'>

function counted(facts: readonly Fact[]) {
  const { tuples, flows, allow, deny, bytes } = sums(facts)
  return { tuples, flows, allow, deny, bytes, denyBytes: sums(facts.filter(({ action }) => action === 'deny')).bytes }
}

/** A fact, once for each distinct row of its values. */
interface Path {
  fact: Fact
  values: string[]
}

function pathsOf(facts: readonly Fact[], by: readonly KeyField[]): Path[] {
  return facts.flatMap((fact) => {
    const all = by.reduce<string[][]>((some, field) => some.flatMap((key) => textsOf(fact, field).map((text) => [...key, text])), [[]])
    return [...new Set(all.map((key) => JSON.stringify(key)))].map((text) => ({ fact, values: JSON.parse(text) as string[] }))
  })
}

/** Returns the links between two neighbouring columns, in the order of their nodes. */
function linksBetween(all: readonly Path[], [from, to]: readonly [Column, Column]) {
  const orderOf = (id: string, { nodes }: Column) => nodes.findIndex((node) => node.id === id)
  return [...groupBy(all, ({ values }) => JSON.stringify([from.idOf(values), to.idOf(values)]))]
    .map(([ends, own]) => ({ ends: JSON.parse(ends) as [string, string], own: own.map(({ fact }) => fact) }))
    .map(({ ends: [start, end], own }) => ({ from: start, to: end, order: [orderOf(start, from), orderOf(end, to)], sums: counted(own) }))
    .sort((a, b) => a.order[0]! - b.order[0]! || a.order[1]! - b.order[1]!)
    .map(({ from: start, to: end, sums: own }) => ({ from: start, to: end, ...own }))
}

interface Column {
  nodes: Answer['nodes']
  distinct: number
  /** Returns the id of the node that a path runs through. */
  idOf: (values: readonly string[]) => string
}

function columnOf(all: readonly Path[], column: number, field: KeyField, metric: PathMetric, limit: number): Column {
  const values = [...groupBy(all, ({ values }) => values[column]!)]
    .map(([value, own]) => ({ value, own: own.map(({ fact }) => fact) }))
    .map((one) => ({ ...one, sums: counted(one.own) }))
    .sort((a, b) => b.sums[metric] - a.sums[metric] || compareText(orderType(field), a.value, b.value))
  const facts = all.map(({ fact }) => fact)
  const shown = values.slice(0, limit).map(({ value, sums }) => {
    const written = field === 'acl' ? naiveSpelling(value, facts) : value
    return { value, node: { id: `${column}:${written}`, column, value: written, other: false, ...sums } }
  })
  const rest = values.slice(limit).flatMap(({ own }) => own)
  const other = { id: `${column}`, column, value: 'other', other: true, ...counted(rest) }
  const ids = new Map(shown.map(({ value, node }) => [value, node.id]))
  return {
    nodes: [...shown.map(({ node }) => node), ...(rest.length > 0 ? [other] : [])],
    distinct: values.length,
    idOf: (own) => ids.get(own[column]!) ?? other.id,
  }
}

/** Computes the paths naively from facts that match the filter: each column is counted value by value, each link by the paths through both of its nodes. */
export function naivePaths(
  facts: readonly Fact[],
  by: readonly KeyField[],
  metric: PathMetric,
  limit: number,
  before?: readonly Fact[],
): Answer {
  const all = pathsOf(facts, by)
  const columns = by.map((field, column) => columnOf(all, column, field, metric, limit))
  const earlier = before && pathsOf(before, by)
  const links = columns.slice(1).flatMap((to, i) => {
    const from = columns[i]!
    const then = new Map(earlier && linksBetween(earlier, [from, to]).map((link) => [`${link.from} ${link.to}`, link]))
    return linksBetween(all, [from, to]).map((link) => {
      if (earlier === undefined || link.from === `${i}` || link.to === `${i + 1}`) return link
      const { allow, deny } = then.get(`${link.from} ${link.to}`) ?? { allow: 0, deny: 0 }
      return { ...link, before: { allow, deny } }
    })
  })
  return {
    by: by.join(','),
    metric,
    total: counted(all.map(({ fact }) => fact)),
    values: columns.map(({ distinct }) => distinct),
    nodes: columns.flatMap(({ nodes }) => nodes),
    links,
  }
}
