import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import type { Figures, Proof } from '../proof'

const FILE = 'docs/reliability.md'
const HEAD = `# Reliability

What \`npm run verify\` ran last, row by row; it writes this file. Every case is made from a seed, case \`i\` from the first seed plus \`i\`, and a failure prints the command
that runs its case again. "Shortened" is a run of less than \`npm run verify\` does when nothing cuts it short; \`npm test\` runs the share that stands under "on every change". A row
that is not here has not been run to its end.

| row | promise | done | seeds | took | result | figures | on every change | when and where |
|---|---|---|---|---|---|---|---|---|
`

export interface Outcome {
  proof: Proof
  seed: number
  /** How many were to be done, and were. */
  count: number
  done: number
  /** Milliseconds. */
  ms: number
  figures: Figures
  /** Why it failed, or null. */
  error: string | null
}

function amount(value: number): string {
  return value.toLocaleString('en')
}

export function durationOf(ms: number): string {
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`
  return `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1000)} s`
}

function resultOf({ proof, done, error }: Outcome): string {
  if (error !== null) return `**failed**: ${error.split('\n').slice(0, 1).join(' ').slice(0, 200)}`
  return done < proof.full ? `holds; shortened from ${amount(proof.full)}` : 'holds'
}

function seedsOf({ proof: { unit }, seed, done }: Outcome): string {
  return unit === 'seconds' || done <= 1 ? String(seed) : `${seed} to ${seed + done - 1}`
}

function line(outcome: Outcome, where: string): string {
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
    `${amount(proof.ordinary)} ${proof.unit}`,
    where,
  ]
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll(/\s+/g, ' ')).join(' | ')} |`
}

/** Puts outcomes into the document; rows that were not run stay as they are. */
export async function writeOutcomes(outcomes: readonly Outcome[], proofs: readonly Proof[], where: string): Promise<void> {
  const before = existsSync(FILE) ? (await readFile(FILE, 'utf8')).split('\n') : []
  const rows = proofs.flatMap((proof) => {
    const outcome = outcomes.find((one) => one.proof === proof)
    return outcome ? line(outcome, where) : (before.find((row) => row.startsWith(`| ${proof.name} |`)) ?? [])
  })
  await writeFile(FILE, `${HEAD}${rows.join('\n')}\n`)
}
