import { parseArgs } from 'node:util'
import { Problem } from '@/lib/flow/problem'

export const PARTS = [
  'scan',
  'cold',
  'quiet',
  'far',
  'month',
  'storage',
  'warm',
  'lists',
  'scanner',
  'context',
  'findings',
  'refresh',
  'alive',
  'memory',
  'growth',
  'scroll',
  'map',
  'shared',
] as const
export type PartName = (typeof PARTS)[number]

export interface Options {
  parts: PartName[]
  /** Share of the full amount of data. */
  scale: number
  /** Laps of every contender, or null for each part's own number. */
  rounds: number | null
  clickhouse: boolean
  /** Write the results into `docs/benchmarks.md`. */
  write: boolean
  /** Folder for CPU profiles of the server, or null. */
  profile: string | null
}

export const USAGE = `npm run bench -- [parts] [options]

parts (default: all): ${PARTS.join(' ')}
  --scale 0.1     share of the full amount of data
  --rounds 3      laps of every contender
  --clickhouse    also ClickHouse, as a peer (cold, quiet) and as the store (lists, scanner, context, findings, map, shared); installs 540 MB into scripts/clickhouse
  --write         write the results into docs/benchmarks.md
  --profile DIR   write CPU profiles of the server to DIR`

function isPart(name: string): name is PartName {
  return (PARTS as readonly string[]).includes(name)
}

function positive(name: string, text: string): number {
  const value = Number(text)
  if (!(value > 0)) throw new Problem('config', `--${name} is ${text}; expected a number above 0`)
  return value
}

function parsed(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        scale: { type: 'string', default: '1' },
        rounds: { type: 'string' },
        clickhouse: { type: 'boolean', default: false },
        write: { type: 'boolean', default: false },
        profile: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    })
  } catch (cause) {
    throw new Problem('config', cause instanceof Error ? cause.message : String(cause), { cause })
  }
}

/** Reads the command line; null when help was requested. @throws Problem `config` that names what is not understood. */
export function readOptions(args: string[]): Options | null {
  const { values, positionals } = parsed(args)
  if (values.help) return null
  const unknown = positionals.find((name) => !isPart(name))
  if (unknown !== undefined) throw new Problem('config', `Part ${unknown} is unknown; expected one of ${PARTS.join(' ')}`)
  return {
    parts: positionals.length === 0 ? PARTS.filter((part) => part !== 'shared' || values.clickhouse) : positionals.filter(isPart),
    scale: positive('scale', values.scale),
    rounds: values.rounds === undefined ? null : Math.ceil(positive('rounds', values.rounds)),
    clickhouse: values.clickhouse,
    write: values.write,
    profile: values.profile ?? null,
  }
}
