import 'server-only'
import { mask } from '@/lib/flow/mask'

const WHOLE = ['AZURE_CLIENT_SECRET', 'CLICKHOUSE_PASSWORD', 'FLOWLENS_METRICS_TOKEN'] as const
/** Shorter ones would mask ordinary words. Characters. */
const SHORTEST = 8

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** Every secret that an environment holds, and each in the spellings that it may come back in. */
export function secretsOf(environment: Record<string, string | undefined>): string[] {
  const places = `${environment.FLOWLENS_SOURCES ?? ''} ${environment.AZURE_STORAGE_CONNECTION_STRING ?? ''}`
  const found = [
    ...WHOLE.map((name) => environment[name]?.trim() ?? ''),
    ...(environment.FLOWLENS_SESSION_SECRET ?? '').split(/\s+/),
    ...[...places.matchAll(/\bsig=([^&;\s]+)/gi)].map(([, value]) => value!),
    ...[...places.matchAll(/\bAccountKey=([^;\s]+)/gi)].map(([, value]) => value!),
    ...[...(environment.CLICKHOUSE_URL ?? '').matchAll(/\/\/[^:@/\s]*:([^@\s]+)@/g)].map(([, value]) => value!),
  ]
  const spelled = found.flatMap((secret) => [secret, unescaped(secret), encodeURIComponent(unescaped(secret))])
  return [...new Set(spelled)].filter((secret) => secret.length >= SHORTEST).sort((a, b) => b.length - a.length)
}

let known: string[] | null = null

/** What may leave the process: a text without any secret, by its form or because the environment holds it. */
export function masked(text: string): string {
  known ??= secretsOf(process.env)
  return mask(text, known)
}
