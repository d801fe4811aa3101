import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { z } from 'zod'

const text = z.string().trim().min(1).optional()
const CREDENTIALS = ['user', 'app', 'managed-identity'] as const

const UNITS: Readonly<Record<string, number>> = { '': 1, b: 1, kb: 1e3, mb: 1e6, gb: 1e9, tb: 1e12 }
const BINARY_UNITS: Readonly<Record<string, number>> = { kib: 2 ** 10, mib: 2 ** 20, gib: 2 ** 30, tib: 2 ** 40 }

/** `5GB`, `500 MiB` or `1000000` in bytes; null for what is no such amount. */
function readAmount(written: string): number | null {
  const match = /^(\d+(?:\.\d+)?)\s*([a-z]*)$/i.exec(written.trim())
  const unit = { ...UNITS, ...BINARY_UNITS }[match?.[2]?.toLowerCase() ?? '']
  const bytes = match && unit !== undefined ? Math.round(Number(match[1]) * unit) : Number.NaN
  return Number.isSafeInteger(bytes) ? bytes : null
}

const amount = z.string().refine((written) => readAmount(written) !== null, { error: 'must be bytes with a unit, such as 5GB or 500 MiB' })

/** The environment, as `.env.example` describes it. A variable that is set but empty counts as not set. */
export const environmentSchema = z.object({
  FLOWLENS_SOURCES: text,
  AZURE_STORAGE_CONNECTION_STRING: text,
  FLOWLENS_CREDENTIAL: z.enum(CREDENTIALS, { error: `must be one of ${CREDENTIALS.join(', ')}` }).optional(),
  AZURE_TENANT_ID: text,
  AZURE_CLIENT_ID: text,
  AZURE_CLIENT_SECRET: text,
  AZURE_CLIENT_CERTIFICATE_PATH: text,
  FLOWLENS_DATA_DIR: text,
  FLOWLENS_DATA_LIMIT: amount.optional(),
  FLOWLENS_ASK_ABOVE: amount.optional(),
  CLICKHOUSE_URL: text,
  CLICKHOUSE_USER: text,
  CLICKHOUSE_PASSWORD: text,
  CLICKHOUSE_DATABASE: text,
  PORT: z
    .string()
    .regex(/^\d{1,5}$/, { error: 'must be a port number' })
    .refine((port) => Number(port) <= 65535, { error: 'must be a port number' })
    .optional(),
  HOSTNAME: text,
})

export interface Config {
  /** Entries of FLOWLENS_SOURCES as written: absolute folders or account URLs, which may hold a SAS. */
  places: string[]
  /** May hold an account key. */
  connectionString: string | null
  /** Absolute. */
  dataDir: string
  /** Bytes that the embedded engine may keep. */
  dataLimit: number
  /** Bytes: the page asks before it reads more than this. */
  askAbove: number
}

/**
 * Reads the environment once.
 * @throws Error that lists every mistake by variable, never with a value that could be a secret.
 */
export function readConfig(environment: Record<string, string | undefined>): Config {
  const set = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined && value.trim() !== ''))
  const parsed = environmentSchema.safeParse(set)
  const mistakes = parsed.success ? [] : parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
  const raw = typeof set.FLOWLENS_SOURCES === 'string' ? set.FLOWLENS_SOURCES.trim().split(/\s+/) : []
  const places = raw.map((place) => (/^https?:\/\//i.test(place) ? place : resolve(/* turbopackIgnore: true */ process.cwd(), place)))
  if (set.CLICKHOUSE_URL !== undefined)
    mistakes.push('CLICKHOUSE_URL: ClickHouse is not supported yet, unset it to use the embedded engine')
  if (parsed.success && parsed.data.FLOWLENS_CREDENTIAL !== undefined)
    mistakes.push('FLOWLENS_CREDENTIAL: signing in with Entra is not supported yet, unset it and give the account a SAS')
  const certificate = set.AZURE_CLIENT_CERTIFICATE_PATH
  if (certificate !== undefined && !existsSync(certificate)) mistakes.push('AZURE_CLIENT_CERTIFICATE_PATH: no such file')
  if (mistakes.length > 0) throw new Error(`Environment is not usable: ${mistakes.join('; ')}`)
  return {
    places,
    connectionString: parsed.data?.AZURE_STORAGE_CONNECTION_STRING ?? null,
    dataDir: resolve(/* turbopackIgnore: true */ process.cwd(), parsed.data?.FLOWLENS_DATA_DIR ?? '.flowlens'),
    dataLimit: readAmount(parsed.data?.FLOWLENS_DATA_LIMIT ?? '20GB')!,
    askAbove: readAmount(parsed.data?.FLOWLENS_ASK_ABOVE ?? '5GB')!,
  }
}
