import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { loadavg } from 'node:os'
import { commit, machine } from '../scripts/where-run'
import type { Result } from './part'

const FILE = 'docs/benchmarks.md'
const HEAD = `# Benchmarks

What \`npm run bench -- --write\` measured, the newest run first. Ratios are taken between laps that ran one after the other in the same run; a median stands
before its least and its most. Data is made from a seed, and every answer is held against the peer's: a run whose answers differ fails and is not written here.
`

function verdict({ met }: Result): string {
  return met === null ? '–' : met ? 'yes' : 'no'
}

/** Prints one block a result: what, what to reach, what it got. */
export function printResults(results: readonly Result[]): void {
  for (const result of results) {
    console.log(`\n${result.part}: ${result.measured}`)
    console.log(`  reach ${result.reach}   got ${result.got}   reached: ${verdict(result)}`)
  }
  console.log('')
}

function section(results: readonly Result[], args: readonly string[]): string {
  const rows = results.map((result) => {
    const cells = [result.part, result.measured, result.reach, result.got, verdict(result), result.bound]
    return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
  })
  return [
    `## ${new Date().toISOString().slice(0, 10)}, commit ${commit()}`,
    '',
    `${machine()}; load average ${loadavg()
      .map((load) => load.toFixed(1))
      .join(' ')} at the end. Command: \`npm run bench -- ${args.join(' ')}\``,
    '',
    '| part | measured | reach | got | reached | what bounds it |',
    '|---|---|---|---|---|---|',
    ...rows,
    '',
  ].join('\n')
}

/** Puts the results in front of those of earlier runs. */
export async function writeResults(results: readonly Result[], args: readonly string[]): Promise<void> {
  const before = existsSync(FILE) ? (await readFile(FILE, 'utf8')).split(/^(?=## )/m).slice(1) : []
  await writeFile(
    FILE,
    [HEAD, section(results, args), ...before]
      .map((part) => part.trimEnd())
      .join('\n\n')
      .concat('\n'),
  )
}
