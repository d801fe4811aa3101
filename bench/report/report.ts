import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { commit, machine } from '../../scripts/process/where-run'
import type { Result } from '../part'
import { mergeCharts, mergeRows, readCharts, readRows } from './page'

const FILE = 'docs/benchmarks.md'
const HEAD = `# Benchmarks

Where we stand: for each part its newest run of \`npm run bench -- PART --write\`; earlier ones are in the history of this file. Ratios compare laps that ran one
after the other in the same run. A median is followed by its minimum and maximum. Core seconds (user and system, of all processes of a contender) change
least on a busy machine. Data is generated from a seed, and every answer is compared with the peer's: a run whose answers differ fails and is not written here.
`
const TITLES = ['part', 'measured', 'target', 'result', 'met', 'bottleneck', 'run']

function verdict({ met }: Result): string {
  return met === null ? '–' : met ? 'yes' : 'no'
}

/** Prints one block for each result: the part, its target, its value. */
export function printResults(results: readonly Result[]): void {
  for (const result of results) {
    console.log(`\n${result.part}: ${result.measured}`)
    console.log(`  target ${result.reach}   result ${result.got}   met: ${verdict(result)}`)
  }
  console.log('')
}

function lineOf(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
}

/** Puts the results in the places of earlier ones of the same parts. */
export async function writeResults(results: readonly Result[]): Promise<void> {
  const before = existsSync(FILE) ? await readFile(FILE, 'utf8') : ''
  const run = `${new Date().toISOString().slice(0, 10)}, ${commit()}; ${machine()}`
  const rows = results.map((result) => [result.part, result.measured, result.reach, result.got, verdict(result), result.bound, run])
  const table = [TITLES, TITLES.map(() => '---'), ...mergeRows(readRows(before), rows)].map(lineOf)
  const charts = mergeCharts(
    readCharts(before),
    results.flatMap(({ chart }) => chart ?? []),
  )
  await writeFile(FILE, [HEAD, ...table, ...charts.map((chart) => `\n${chart}`), ''].join('\n'))
}
