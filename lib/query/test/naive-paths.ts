import type { PathsAnswer } from '@/lib/flow/answer/paths'
import type { KeyField, PathMetric } from '@/lib/flow/fields'
import type { Fact } from './facts'
import { compareText, naiveSpelling, orderType, sums, textsOf } from './naive-answers'

type Answer = Omit<PathsAnswer, 'view' | 'coverage'>

function counted(facts: readonly Fact[]) {
  const { tuples, flows, allow, deny, bytes } = sums(facts)
  return { tuples, flows, allow, deny, bytes, denyBytes: sums(facts.filter(({ action }) => action === 'deny')).bytes }
}

/** A fact once for each different row of values that it has. */
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

const factsOf = (paths: readonly Path[]) => paths.map(({ fact }) => fact)

/** The picture made plainly, from facts that have passed the filter: a column is counted value by value, a link by the paths through both of its nodes. */
export function naivePaths(facts: readonly Fact[], by: readonly KeyField[], metric: PathMetric, limit: number): Answer {
  const all = pathsOf(facts, by)
  const columns = by.map((field, column) => {
    const values = [...new Set(all.map(({ values }) => values[column]!))]
      .map((value) => ({ value, own: all.filter((path) => path.values[column] === value) }))
      .sort((a, b) => counted(factsOf(b.own))[metric] - counted(factsOf(a.own))[metric] || compareText(orderType(field), a.value, b.value))
    const rest = values.slice(limit).flatMap(({ own }) => own)
    const shown = values.slice(0, limit).map(({ value, own }) => ({ value: field === 'acl' ? naiveSpelling(value, facts) : value, own }))
    return [
      ...shown.map(({ value, own }) => ({ id: `${column}:${value}`, value, other: false, own })),
      ...(rest.length > 0 ? [{ id: `${column}`, value: 'other', other: true, own: rest }] : []),
    ].map((node) => ({ ...node, column }))
  })
  const links = columns.slice(1).flatMap((to, i) =>
    columns[i]!.flatMap((from) =>
      to.flatMap((end) => {
        const ending = new Set(end.own)
        const own = from.own.filter((path) => ending.has(path))
        return own.length === 0 ? [] : [{ from: from.id, to: end.id, ...counted(factsOf(own)) }]
      }),
    ),
  )
  return {
    by: by.join(','),
    metric,
    total: counted(factsOf(all)),
    values: by.map((_, column) => new Set(all.map(({ values }) => values[column])).size),
    nodes: columns.flat().map(({ own, ...node }) => ({ ...node, ...counted(factsOf(own)) })),
    links,
  }
}
