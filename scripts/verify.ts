import { fork } from 'node:child_process'
import path from 'node:path'
import { build, needsBuild } from './app/app'
import { runMain } from './process/run-main'
import { commit, machine } from './process/where-run'
import { countOf, usage, type VerifyCommand, verifyOptions } from './verify/command/options'
import { type Before, doneBefore, durationOf, type ProofOutcome, writeOutcomes } from './verify/command/report'
import type { RunMessage } from './verify/command/run-one'
import type { Proof } from './verify/proof'
import { PROOFS } from './verify/proofs'

const RUN_ONE = path.resolve('scripts/verify/command/run-one.ts')

/** Adds an outcome to what its row has of earlier runs; a failure stands alone. */
function added(outcome: ProofOutcome, before: Before | null): ProofOutcome {
  if (before === null || outcome.error !== null) return outcome
  return { ...outcome, seed: before.seed, done: before.done + outcome.done, ms: before.ms + outcome.ms }
}

/** Runs one proof in its own process. */
async function runOne(proof: Proof, count: number, seed: number, options: VerifyCommand): Promise<ProofOutcome> {
  const began = performance.now()
  const told = await new Promise<RunMessage>((resolve) => {
    let last: RunMessage = { error: 'ended without a result' }
    const child = fork(RUN_ONE, [proof.name, String(count), String(seed), String(options.seconds ?? 0)])
    child.on('message', (message) => {
      last = message as RunMessage
    })
    child.on('exit', (_, signal) => resolve(signal === null ? last : { error: `ended by ${signal}` }))
  })
  const ms = performance.now() - began
  if (told.error === null) return { proof, seed, count, done: told.done, ms, figures: told.figures, error: null }
  return { proof, seed, count, done: 0, ms, figures: {}, error: told.error }
}

async function main(): Promise<void> {
  const options = verifyOptions(process.argv.slice(2), PROOFS)
  if (!options) return console.log(usage(PROOFS))
  const where = `${new Date().toISOString().slice(0, 10)}, ${commit()}; ${machine()}`
  if (options.proofs.some(({ app }) => app) && needsBuild()) {
    console.log('Building the dashboard')
    await build()
  }
  const outcomes: ProofOutcome[] = []
  for (const proof of options.proofs) {
    const count = countOf(proof, options)
    const before = options.more ? await doneBefore(proof) : null
    const seed = options.seed ?? (before === null ? proof.seed : before.seed + before.done)
    console.log(`${proof.name}: ${count.toLocaleString('en')} ${proof.unit}, from seed ${seed}`)
    const outcome = await runOne(proof, count, seed, options)
    console.log(`  ${outcome.error ?? `holds for ${outcome.done.toLocaleString('en')} ${proof.unit}`} (${durationOf(outcome.ms)})`)
    for (const [name, figure] of Object.entries(outcome.figures)) console.log(`  ${name}: ${figure}`)
    outcomes.push(added(outcome, before))
    if (options.seed === null && options.count === null) await writeOutcomes(outcomes, PROOFS, where)
  }
  process.exitCode = outcomes.every(({ error }) => error === null) ? 0 : 1
}

runMain(main)
