import { resolve } from 'node:path'
import { z } from 'zod'
import { readAmount } from './config/amount'
import { type ClickhouseConfig, clickhouseVariables, readClickhouse } from './config/clickhouse'
import { type Limits, limitVariables, readLimits } from './config/limits'
import { type Lookup, readLookups } from './config/lookups'
import { memoryVariable, readMemory } from './config/memory'
import { splitPlaces } from './config/places'
import { type AppRegistration, authorityOf, readApp, readSignIn, type SignInConfig, signInVariables } from './config/sign-in'
import { readWatch, type WatchConfig, watchVariables } from './config/webhooks'

const text = z.string().trim().min(1).optional()
const CREDENTIALS = ['user', 'app', 'managed-identity'] as const
const RIGHTS = ['day', 'strict'] as const
const INVENTORIES = ['azure'] as const

const amount = z.string().refine((written) => readAmount(written) !== null, { error: 'must be bytes with a unit, such as 5GB or 500 MiB' })

/** The environment, as `.env.example` describes it. A variable that is set but empty counts as not set. */
export const environmentSchema = z.object({
  FLOWLENS_SOURCES: text,
  AZURE_STORAGE_CONNECTION_STRING: text,
  FLOWLENS_CREDENTIAL: z.enum(CREDENTIALS, { error: `must be one of ${CREDENTIALS.join(', ')}` }).optional(),
  ...signInVariables,
  FLOWLENS_STORAGE_SUFFIXES: z
    .string()
    .transform((written) => written.trim().toLowerCase().split(/\s+/))
    .refine((suffixes) => suffixes.every((one) => /^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(one)), {
      error: 'must be host suffixes such as blob.core.windows.net, separated by spaces',
    })
    .optional(),
  FLOWLENS_RIGHTS: z.enum(RIGHTS, { error: `must be one of ${RIGHTS.join(', ')}` }).optional(),
  FLOWLENS_METRICS_TOKEN: text,
  FLOWLENS_CONTEXT: text,
  FLOWLENS_INVENTORY: z.enum(INVENTORIES, { error: 'must be azure, or not set' }).optional(),
  FLOWLENS_DATA_DIR: text,
  FLOWLENS_DATA_LIMIT: amount.optional(),
  FLOWLENS_MEMORY: memoryVariable,
  FLOWLENS_ASK_ABOVE: amount.optional(),
  FLOWLENS_LOOKUPS: text,
  ...limitVariables,
  ...clickhouseVariables,
  ...watchVariables,
  PORT: z
    .string()
    .regex(/^\d{1,5}$/, { error: 'must be a port number' })
    .refine((port) => Number(port) <= 65535, { error: 'must be a port number' })
    .optional(),
  HOSTNAME: text,
})

export type Credential = (typeof CREDENTIALS)[number]

export interface Config {
  /** Places in FLOWLENS_SOURCES: absolute folders or account URLs, which may contain a SAS. */
  places: string[]
  /** Files and folders in FLOWLENS_CONTEXT, absolute. */
  context: string[]
  /** Service that supplies the inventory in addition to these files; null if none. */
  inventory: (typeof INVENTORIES)[number] | null
  /** May contain an account key. */
  connectionString: string | null
  /** Absolute. */
  dataDir: string
  /** Maximum amount of data that the embedded engine may keep. Bytes. */
  dataLimit: number
  /** Memory that the process may use. Bytes. */
  memory: number
  /** The page asks before it reads more than this. Bytes. */
  askAbove: number
  /** Pages about an address, with `{ip}` in their address. */
  lookups: readonly Lookup[]
  /** Credential for accounts without a SAS; null when there is none. */
  credential: Credential | null
  /** Check a person's rights to one blob of each log and day, or to every blob. */
  rights: (typeof RIGHTS)[number]
  app: AppRegistration | null
  /** Origin of the cloud's sign-in service. */
  authority: string
  /** Id of the app, or of the machine's identity if it has several. */
  clientId: string | null
  /** Null when sign-in is off. */
  signIn: SignInConfig | null
  /** An origin; null when only requests know it. */
  publicUrl: string | null
  /** True if everybody who reaches the server may use it, also from other machines. */
  allowAnonymous: boolean
  /** Allowed suffixes of blob hosts besides Azure's own. */
  storageSuffixes: readonly string[]
  metricsToken: string | null
  /** Interval of the watches, and addresses that receive alerts. */
  watch: WatchConfig
  limits: Limits
  /** The engine that replaces the embedded one, or null. */
  clickhouse: ClickhouseConfig | null
}

function readPlaces(variable: string, text: string, mistakes: string[]): string[] {
  try {
    return splitPlaces(text)
  } catch (error) {
    mistakes.push(`${variable}: ${(error as Error).message}`)
    return []
  }
}

function absolute(path: string): string {
  return resolve(/* turbopackIgnore: true */ process.cwd(), path)
}

/** Reads the environment once. @throws Error that lists every mistake by variable, never with a value that could be a secret. */
export function readConfig(environment: Record<string, string | undefined>): Config {
  const set = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined && value.trim() !== ''))
  const parsed = environmentSchema.safeParse(set)
  const mistakes = parsed.success ? [] : parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
  const places = readPlaces('FLOWLENS_SOURCES', set.FLOWLENS_SOURCES ?? '', mistakes).map((place) =>
    /^https?:\/\//i.test(place) ? place : absolute(place),
  )
  const context = readPlaces('FLOWLENS_CONTEXT', set.FLOWLENS_CONTEXT ?? '', mistakes).map(absolute)
  const lookups = readLookups(set.FLOWLENS_LOOKUPS ?? '')
  mistakes.push(...lookups.mistakes)
  const signIn = parsed.success ? readSignIn(parsed.data, mistakes) : null
  const app = parsed.success ? readApp(parsed.data) : null
  const credential = parsed.data?.FLOWLENS_CREDENTIAL ?? null
  if (credential === 'user' && signIn === null) mistakes.push('FLOWLENS_CREDENTIAL: user needs sign-in, and so FLOWLENS_SESSION_SECRET')
  if (credential === 'app' && app === null)
    mistakes.push('FLOWLENS_CREDENTIAL: app needs AZURE_TENANT_ID, AZURE_CLIENT_ID and a secret, a certificate or a federated token file')
  const inventory = parsed.data?.FLOWLENS_INVENTORY ?? null
  if (inventory !== null && credential !== 'app' && credential !== 'managed-identity')
    mistakes.push(
      'FLOWLENS_INVENTORY: azure is asked with the right of this server, and so needs FLOWLENS_CREDENTIAL=app or managed-identity',
    )
  const watch = parsed.success ? readWatch(parsed.data, mistakes) : null
  if (mistakes.length > 0) throw new Error(`Environment is invalid: ${mistakes.join('; ')}`)
  return {
    places,
    context,
    inventory,
    connectionString: parsed.data?.AZURE_STORAGE_CONNECTION_STRING ?? null,
    dataDir: absolute(parsed.data?.FLOWLENS_DATA_DIR ?? '.flowlens'),
    dataLimit: readAmount(parsed.data?.FLOWLENS_DATA_LIMIT ?? '20GB')!,
    memory: readMemory(parsed.data?.FLOWLENS_MEMORY),
    lookups: lookups.found,
    askAbove: readAmount(parsed.data?.FLOWLENS_ASK_ABOVE ?? '5GB')!,
    credential,
    rights: parsed.data?.FLOWLENS_RIGHTS ?? 'day',
    app,
    authority: authorityOf(parsed.data),
    clientId: parsed.data?.AZURE_CLIENT_ID ?? null,
    signIn,
    publicUrl: parsed.data?.FLOWLENS_PUBLIC_URL ?? null,
    allowAnonymous: parsed.data?.FLOWLENS_ALLOW_ANONYMOUS === '1',
    storageSuffixes: parsed.data?.FLOWLENS_STORAGE_SUFFIXES ?? [],
    metricsToken: parsed.data?.FLOWLENS_METRICS_TOKEN ?? null,
    watch: watch!,
    limits: readLimits(set),
    clickhouse: parsed.success ? readClickhouse(parsed.data) : null,
  }
}
