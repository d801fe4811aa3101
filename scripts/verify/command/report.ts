import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import type { Figures, Proof } from '../proof'

const FILE = 'docs/reliability.md'
const HEAD = `# Reliability

What \`npm run verify\` ran last, row by row; it writes this file. Every case is made from a seed, case \`i\` from the first seed plus \`i\`, and a failure prints the command
that runs its case again. A run with \`--more\` goes on after the seeds of a row and adds to it; figures and commit are then those of the last run. "Shortened" is a run of less than \`npm run verify\` does when nothing cuts it short; \`npm test\` runs the share that stands under "on every change". A row
that is not here has not been run to its end.

| row | promise | done | seeds | took | result | figures | on every change | when and where |
|---|---|---|---|---|---|---|---|---|
`

/** What a row has of earlier runs. */
export interface Before {
  seed: number
  done: number
  /** Milliseconds. */
  ms: number
}

export interface ProofOutcome {
  proof: Proof
  seed: number
  /** Planned and actual number of units. */
  count: number
  done: number
  /** Milliseconds. */
  ms: number
  figures: Figures
  /** The reason for a failure, or null. */
  error: string | null
}

function amount(value: number): string {
  return value.toLocaleString('en')
}

export function durationOf(ms: number): string {
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`
  return `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1000)} s`
}

function resultOf({ proof, done, error }: ProofOutcome): string {
  if (error !== null) return `**failed**: ${error.split('\n').slice(0, 1).join(' ').slice(0, 200)}`
  return done < proof.full ? `holds; shortened from ${amount(proof.full)}` : 'holds'
}

function seedsOf({ proof: { unit }, seed, done }: ProofOutcome): string {
  return unit === 'seconds' || done <= 1 ? String(seed) : `${seed} to ${seed + done - 1}`
}

export function line(outcome: ProofOutcome, where: string): string {
  const { proof, done, ms, figures } = outcome
  const cells = [
    proof.name,
    `${proof.promise}. ${proof.test}`,
    `${amount(done)} ${proof.unit}`,
    seedsOf(outcome),
    durationOf(ms),
    resultOf(outcome),
    Object.entries(figures)
      .map(([name, figure]) => `${name} ${figure}`)
      .join('; '),
    proof.ordinary === 0 ? '–' : `${amount(proof.ordinary)} ${proof.unit}`,
    where,
  ]
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll(/\s+/g, ' ')).join(' | ')} |`
}

async function rowsBefore(): Promise<string[]> {
  return existsSync(FILE) ? (await readFile(FILE, 'utf8')).split('\n') : []
}

function rowOf(rows: readonly string[], { name }: Proof): string | undefined {
  return rows.find((row) => row.startsWith(`| ${name} |`))
}

/** Reads what a row of the document says was done; null for a failure, and for what is not counted in seeds. */
export function beforeOf(row: string, { unit }: Proof): Before | null {
  const [, , , done = '', seeds = '', took = '', result = ''] = row.split(/(?<!\\)\|/).map((cell) => cell.trim())
  const counted = /^([\d,]+) /.exec(done)
  const seed = /^(\d+)(?: to \d+)?$/.exec(seeds)
  const time = /^(?:(\d+) min )?([\d.]+) s$/.exec(took)
  if (unit === 'seconds' || !counted || !seed || !time || !result.startsWith('holds')) return null
  return {
    seed: Number(seed[1]),
    done: Number(counted[1]!.replaceAll(',', '')),
    ms: Number(time[1] ?? 0) * 60_000 + Number(time[2]) * 1000,
  }
}

/** Returns what the document says was done of a proof, or null. */
export async function doneBefore(proof: Proof): Promise<Before | null> {
  const row = rowOf(await rowsBefore(), proof)
  return row === undefined ? null : beforeOf(row, proof)
}

/** Writes outcomes into the document; rows of proofs that were not run stay unchanged. */
export async function writeOutcomes(outcomes: readonly ProofOutcome[], proofs: readonly Proof[], where: string): Promise<void> {
  const before = await rowsBefore()
  const rows = proofs.flatMap((proof) => {
    const outcome = outcomes.find((one) => one.proof === proof)
    return outcome ? line(outcome, where) : (rowOf(before, proof) ?? [])
  })
  await writeFile(FILE, `${HEAD}${rows.join('\n')}\n`)
}
