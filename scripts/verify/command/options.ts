import { parseArgs } from 'node:util'
import { Problem } from '@/lib/flow/problem'
import type { Proof } from '../proof'

export interface VerifyCommand {
  proofs: readonly Proof[]
  /** Share of the full count of each proof. */
  scale: number
  /** Maximum time for a proof, or null. Seconds. */
  seconds: number | null
  /** True to use the counts for every change. */
  ordinary: boolean
  /** True to go on after the seeds of each proof's row. */
  more: boolean
  /** Seed and count to repeat one proof; null for the proof's own. */
  seed: number | null
  count: number | null
}

export function usage(proofs: readonly Proof[]): string {
  return `npm run verify -- [proofs] [options]

proofs (all of them without any):
${proofs.map(({ name, full, unit }) => `  ${name.padEnd(14)} ${full.toLocaleString('en')} ${unit}`).join('\n')}

  --scale 0.01    a share of these amounts
  --seconds 60    no proof takes longer than about that
  --ordinary      the amounts of every change
  --more          go on after the seeds of its row, and add to it
  --seed N        begin with this seed; nothing is written
  --count N       do so many; nothing is written

What was run goes into docs/reliability.md.`
}

function positive(name: string, text: string | undefined): number | null {
  if (text === undefined) return null
  const value = Number(text)
  if (!(value > 0)) throw new Problem('config', `--${name} is ${text}; expected a number above 0`)
  return value
}

function whole(name: string, text: string | undefined): number | null {
  if (text === undefined) return null
  if (!/^\d{1,10}$/.test(text)) throw new Problem('config', `--${name} is ${text}; expected a whole number`)
  return Number(text)
}

/** Reads the command line; null when help was requested. @throws Problem `config` that names what is not understood. */
export function verifyOptions(args: string[], all: readonly Proof[]): VerifyCommand | null {
  const options = {
    scale: { type: 'string' },
    seconds: { type: 'string' },
    ordinary: { type: 'boolean', default: false },
    more: { type: 'boolean', default: false },
    seed: { type: 'string' },
    count: { type: 'string' },
    help: { type: 'boolean', default: false },
  } as const
  let parsed: ReturnType<typeof parseArgs<{ options: typeof options; allowPositionals: true }>>
  try {
    parsed = parseArgs({ args, options, allowPositionals: true })
  } catch (cause) {
    throw new Problem('config', cause instanceof Error ? cause.message : String(cause), { cause })
  }
  const { values, positionals } = parsed
  if (values.help) return null
  const unknown = positionals.find((name) => !all.some((proof) => proof.name === name))
  if (unknown !== undefined)
    throw new Problem('config', `Proof ${unknown} is unknown; expected one of ${all.map(({ name }) => name).join(' ')}`)
  return {
    proofs: positionals.length === 0 ? all : all.filter(({ name }) => positionals.includes(name)),
    scale: positive('scale', values.scale) ?? 1,
    seconds: positive('seconds', values.seconds),
    ordinary: values.ordinary === true,
    more: values.more === true,
    seed: whole('seed', values.seed),
    count: whole('count', values.count),
  }
}

/** Returns the number of units for a proof. */
export function countOf(proof: Proof, { scale, ordinary, count }: VerifyCommand): number {
  if (count !== null) return count
  return ordinary ? proof.ordinary : Math.max(1, Math.round(proof.full * scale))
}
