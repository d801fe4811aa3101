import { z } from 'zod'
import { readAmount } from './amount'

const TIMES: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }

/** `30s`, `5m` or `400d` in milliseconds; null for zero and any other text. */
export function readTime(written: string): number | null {
  const match = /^(\d{1,6})\s*([smhd])$/i.exec(written.trim())
  const time = match ? Number(match[1]) * TIMES[match[2]!.toLowerCase()]! : 0
  return time > 0 ? time : null
}

type Read = (written: string) => number | null

function count(most: number): Read {
  return (written) => (/^\d{1,15}$/.test(written.trim()) && Number(written) >= 1 && Number(written) <= most ? Number(written) : null)
}

const BYTES = { read: readAmount, expected: 'bytes with a unit, such as 5GB or 500 MiB' }
const TIME = { read: readTime, expected: 'a time such as 30s, 5m, 12h or 400d' }
const countTo = (most: number) => ({ read: count(most), expected: `a whole number from 1 to ${most}` })

/** Every request limit: its variable, its parser, and its default. docs/limits.md has the same list. */
const DEFINED = {
  range: { variable: 'FLOWLENS_LIMIT_RANGE', ...TIME, usual: '36600d' },
  bytes: { variable: 'FLOWLENS_LIMIT_BYTES', ...BYTES, usual: '1TB' },
  blob: { variable: 'FLOWLENS_LIMIT_BLOB', ...BYTES, usual: '5GB' },
  asks: { variable: 'FLOWLENS_LIMIT_ASKS', ...countTo(10_000), usual: '64' },
  queries: { variable: 'FLOWLENS_LIMIT_QUERIES', ...countTo(1000), usual: '4' },
  deadline: { variable: 'FLOWLENS_LIMIT_DEADLINE', ...TIME, usual: '5m' },
  rows: { variable: 'FLOWLENS_LIMIT_ROWS', ...countTo(10_000), usual: '10000' },
  filterLength: { variable: 'FLOWLENS_LIMIT_FILTER_LENGTH', ...countTo(262_144), usual: '262144' },
  filterDepth: { variable: 'FLOWLENS_LIMIT_FILTER_DEPTH', ...countTo(64), usual: '64' },
  body: { variable: 'FLOWLENS_LIMIT_BODY', ...BYTES, usual: '2MiB' },
  exports: { variable: 'FLOWLENS_LIMIT_EXPORTS', ...countTo(1000), usual: '8' },
  exportRows: { variable: 'FLOWLENS_LIMIT_EXPORT_ROWS', ...countTo(1e12), usual: '50000000' },
} as const

export type LimitName = keyof typeof DEFINED

/** Bytes, milliseconds or counts, as `docs/limits.md` describes them. */
export type Limits = Readonly<Record<LimitName, number>>

const NAMES = Object.keys(DEFINED) as LimitName[]

export function variableOf(name: LimitName): string {
  return DEFINED[name].variable
}

/** The variables, for the schema of the environment. */
export const limitVariables = Object.fromEntries(
  NAMES.map((name) => {
    const { variable, read, expected } = DEFINED[name]
    return [
      variable,
      z
        .string()
        .refine((written) => read(written) !== null, { error: `must be ${expected}` })
        .optional(),
    ]
  }),
) as Record<(typeof DEFINED)[LimitName]['variable'], z.ZodOptional<z.ZodString>>

/** Reads the limits from an environment that has passed the schema. */
export function readLimits(environment: Readonly<Record<string, unknown>>): Limits {
  const limitOf = (name: LimitName) => {
    const { variable, read, usual } = DEFINED[name]
    const set = environment[variable]
    return read(typeof set === 'string' ? set : usual)!
  }
  return Object.fromEntries(NAMES.map((name) => [name, limitOf(name)])) as Record<LimitName, number>
}
