import type { Chart } from '../part'

/** A row of the table, its part first. */
type Row = readonly string[]

/** Rows of the table in a page of results. */
export function readRows(page: string): Row[] {
  const lines = page.split('\n').filter((line) => line.startsWith('| '))
  return lines.slice(2).map((line) =>
    line
      .slice(2, -2)
      .split(/(?<!\\) \| /)
      .map((cell) => cell.replaceAll('\\|', '|').trim()),
  )
}

/** Replaces the rows of parts that were run again in place; appends new parts. */
export function mergeRows(before: readonly Row[], rows: readonly Row[]): Row[] {
  const ran = new Map<string, Row[]>()
  for (const row of rows) ran.set(row[0]!, [...(ran.get(row[0]!) ?? []), row])
  const merged: Row[] = []
  for (const row of before) {
    const again = ran.get(row[0]!)
    if (again === undefined) merged.push(row)
    else merged.push(...again.splice(0))
  }
  return [...merged, ...[...ran.values()].flat()]
}

const CHART = /^### .*\n\n```mermaid\n[\s\S]*?\n```\n\n.*\n/gm

export function readCharts(page: string): string[] {
  return page.match(CHART) ?? []
}

/** Replaces charts of the same title; appends new charts. */
export function mergeCharts(before: readonly string[], charts: readonly Chart[]): string[] {
  const titles = charts.map(({ title }) => `### ${title}\n`)
  return [...before.filter((chart) => !titles.some((title) => chart.startsWith(title))), ...charts.map(textOf)]
}

function textOf({ title, unit, along, points, lines }: Chart): string {
  const values = (numbers: readonly number[]) => `[${numbers.map((value) => value.toPrecision(3)).join(', ')}]`
  const chart = [
    'xychart-beta',
    `    x-axis "${along}" [${points.map((point) => `"${point}"`).join(', ')}]`,
    `    y-axis "${unit}"`,
    ...lines.map((line) => `    line "${line.name}" ${values(line.values)}`),
  ]
  const text = lines.map((line) => `${line.name} ${line.values.map((value) => value.toPrecision(3)).join(', ')}`).join('; ')
  return `### ${title}\n\n\`\`\`mermaid\n${chart.join('\n')}\n\`\`\`\n\n${unit}: ${text}.\n`
}
