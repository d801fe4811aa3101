import { z } from 'zod'

const text = z.string().trim().min(1).optional()
/** Characters that are safe between back quotes. */
const name = z.string().regex(/^[A-Za-z0-9_.-]{1,100}$/, { error: 'must be a name of letters, digits, _, . and -' })

function isPlainUrl(written: string): boolean {
  if (!URL.canParse(written)) return false
  const { protocol, username, password } = new URL(written)
  return /^https?:$/.test(protocol) && username === '' && password === ''
}

export const clickhouseVariables = {
  CLICKHOUSE_URL: z
    .string()
    .refine(isPlainUrl, { error: 'must be the URL of its HTTP interface, such as https://host:8443, without user or password' })
    .optional(),
  CLICKHOUSE_USER: text,
  CLICKHOUSE_PASSWORD: text,
  CLICKHOUSE_DATABASE: name.optional(),
  CLICKHOUSE_CLUSTER: name.optional(),
  CLICKHOUSE_KEEP_DAYS: z
    .string()
    .regex(/^[1-9]\d{0,4}$/, { error: 'must be a number of days' })
    .optional(),
}

const schema = z.object(clickhouseVariables)

/** The engine that replaces the embedded one. */
export interface ClickhouseConfig {
  url: string
  user: string
  password: string
  database: string
  /** Name of the cluster over which the tables are spread, or null. */
  cluster: string | null
  /** Days after which data is deleted, or null. */
  keepDays: number | null
}

/** Null when ClickHouse is not configured. */
export function readClickhouse(data: z.infer<typeof schema>): ClickhouseConfig | null {
  if (data.CLICKHOUSE_URL === undefined) return null
  return {
    url: data.CLICKHOUSE_URL,
    user: data.CLICKHOUSE_USER ?? 'default',
    password: data.CLICKHOUSE_PASSWORD ?? '',
    database: data.CLICKHOUSE_DATABASE ?? 'flowlens',
    cluster: data.CLICKHOUSE_CLUSTER ?? null,
    keepDays: data.CLICKHOUSE_KEEP_DAYS === undefined ? null : Number(data.CLICKHOUSE_KEEP_DAYS),
  }
}
