import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { z } from 'zod'
import { isLoopback } from './loopback'

const text = z.string().trim().min(1).optional()
const guid = z
  .guid({ error: 'must be the id of a tenant or an app, 8-4-4-4-12 hexadecimal digits' })
  .transform((id) => id.toLowerCase())
  .optional()

/** True for an origin: it has nothing after the host, and is https unless it is this machine. */
function isOrigin(written: string, loopback: boolean): boolean {
  const url = URL.canParse(written) ? new URL(written) : null
  const plain = url !== null && url.origin === written.replace(/\/$/, '')
  return plain && (url.protocol === 'https:' || (loopback && url.protocol === 'http:' && isLoopback(url.hostname)))
}

const origin = (loopback: boolean, error: string) =>
  z
    .string()
    .trim()
    .refine((written) => isOrigin(written, loopback), { error })
    .transform((written) => new URL(written).origin)
    .optional()

/** Shortest session secret, in characters. */
const SECRET_LENGTH = 32
const words = (written: string) => written.trim().split(/\s+/)

/** Variables for sign-in and for the rights with which storage is read. */
export const signInVariables = {
  AZURE_TENANT_ID: guid,
  AZURE_CLIENT_ID: guid,
  AZURE_CLIENT_SECRET: text,
  AZURE_CLIENT_CERTIFICATE_PATH: text,
  AZURE_FEDERATED_TOKEN_FILE: text,
  FLOWLENS_PUBLIC_URL: origin(true, 'must be an origin such as https://flowlens.example.com, and https unless it is this machine'),
  FLOWLENS_SESSION_SECRET: z
    .string()
    .transform(words)
    .refine((secrets) => secrets.every((one) => one.length >= SECRET_LENGTH), {
      error: `must be ${SECRET_LENGTH} characters or more, and so must each older secret after it`,
    })
    .optional(),
  FLOWLENS_TENANTS: z
    .string()
    .transform(words)
    .refine((ids) => ids.every((id) => z.guid().safeParse(id).success), { error: 'must be ids of tenants, separated by spaces' })
    .transform((ids) => ids.map((id) => id.toLowerCase()))
    .optional(),
  FLOWLENS_AUTHORITY: origin(false, 'must be the https origin of a sign-in service, such as https://login.microsoftonline.us'),
  FLOWLENS_TOKEN_STORE: text.refine((store) => store === undefined || !/^[a-z]+:\/\//i.test(store), {
    error: 'must be memory or a folder: no other store is supported',
  }),
  FLOWLENS_ALLOW_ANONYMOUS: z.enum(['0', '1'], { error: 'must be 0 or 1' }).optional(),
}

type Environment = z.infer<z.ZodObject<typeof signInVariables>>

/** The app registration's credential. */
export type AppProof = { kind: 'secret'; secret: string } | { kind: 'certificate'; path: string } | { kind: 'federated'; path: string }

export interface AppRegistration {
  /** Id of the tenant in which the app is registered. */
  tenant: string
  client: string
  proof: AppProof
  /** Origin of the sign-in service. */
  authority: string
}

export interface SignInConfig extends AppRegistration {
  /** The app's address in browsers, an origin. */
  publicUrl: string
  /** The first secret seals, all secrets open. */
  sessionSecrets: readonly string[]
  /** Ids of the tenants whose people may sign in. */
  tenants: readonly string[]
  /** Absolute folder of the sessions; null for memory. */
  tokenFolder: string | null
}

/** Origin of the sign-in service; by default Azure's public cloud. */
export function authorityOf(env: Pick<Environment, 'FLOWLENS_AUTHORITY'> | undefined): string {
  return env?.FLOWLENS_AUTHORITY ?? 'https://login.microsoftonline.com'
}

function proofOf(env: Environment): AppProof | null {
  if (env.AZURE_CLIENT_SECRET !== undefined) return { kind: 'secret', secret: env.AZURE_CLIENT_SECRET }
  if (env.AZURE_CLIENT_CERTIFICATE_PATH !== undefined) return { kind: 'certificate', path: env.AZURE_CLIENT_CERTIFICATE_PATH }
  if (env.AZURE_FEDERATED_TOKEN_FILE !== undefined) return { kind: 'federated', path: env.AZURE_FEDERATED_TOKEN_FILE }
  return null
}

/** The app registration, or null if the environment does not name all of it. */
export function readApp(env: Environment): AppRegistration | null {
  const { AZURE_TENANT_ID: tenant, AZURE_CLIENT_ID: client } = env
  const proof = proofOf(env)
  return tenant !== undefined && client !== undefined && proof !== null ? { tenant, client, proof, authority: authorityOf(env) } : null
}

/** A session secret turns sign-in on. Settings that are then missing are added to `mistakes`, so an incomplete configuration never leaves the server open. */
export function readSignIn(env: Environment, mistakes: string[]): SignInConfig | null {
  if (env.AZURE_CLIENT_CERTIFICATE_PATH !== undefined && !existsSync(env.AZURE_CLIENT_CERTIFICATE_PATH))
    mistakes.push('AZURE_CLIENT_CERTIFICATE_PATH: no such file')
  if (env.FLOWLENS_SESSION_SECRET === undefined) {
    if (env.FLOWLENS_TENANTS !== undefined)
      mistakes.push('FLOWLENS_TENANTS: has no use without sign-in, which needs FLOWLENS_SESSION_SECRET')
    return null
  }
  const app = readApp(env)
  const needs = ['AZURE_TENANT_ID', 'AZURE_CLIENT_ID', 'FLOWLENS_PUBLIC_URL'] as const
  for (const name of needs) if (env[name] === undefined) mistakes.push(`${name}: sign-in needs it, since FLOWLENS_SESSION_SECRET is set`)
  if (proofOf(env) === null)
    mistakes.push('AZURE_CLIENT_SECRET: sign-in needs it, or AZURE_CLIENT_CERTIFICATE_PATH, or AZURE_FEDERATED_TOKEN_FILE')
  if (app === null || env.FLOWLENS_PUBLIC_URL === undefined) return null
  const store = env.FLOWLENS_TOKEN_STORE
  return {
    ...app,
    publicUrl: env.FLOWLENS_PUBLIC_URL,
    sessionSecrets: env.FLOWLENS_SESSION_SECRET,
    tenants: env.FLOWLENS_TENANTS ?? [app.tenant],
    tokenFolder: store === undefined || store === 'memory' ? null : resolve(/* turbopackIgnore: true */ process.cwd(), store),
  }
}
