import 'server-only'
import { mask } from '@/lib/flow/text/mask'

const WHOLE = ['AZURE_CLIENT_SECRET', 'CLICKHOUSE_PASSWORD', 'FLOWLENS_METRICS_TOKEN', 'FLOWLENS_WEBHOOK_SECRET'] as const
/** Shortest secret that is masked, because masking shorter ones would mask ordinary words. Characters. */
const SHORTEST = 8

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** Returns every secret in an environment, in each encoding in which it may reappear. */
export function secretsOf(environment: Record<string, string | undefined>): string[] {
  const places = `${environment.FLOWLENS_SOURCES ?? ''} ${environment.AZURE_STORAGE_CONNECTION_STRING ?? ''}`
  const found = [
    ...WHOLE.map((name) => environment[name]?.trim() ?? ''),
    ...(environment.FLOWLENS_SESSION_SECRET ?? '').split(/\s+/),
    ...[...places.matchAll(/\bsig=([^&;\s"']+)/gi)].map(([, value]) => value!),
    ...[...places.matchAll(/\bAccountKey=([^;\s"']+)/gi)].map(([, value]) => value!),
    // Whoever knows the path of a webhook may write there.
    ...[...(environment.FLOWLENS_WEBHOOK ?? '').matchAll(/https:\/\/[^/\s]+(\/\S+)/gi)].map(([, path]) => path!),
    ...[...(environment.CLICKHOUSE_URL ?? '').matchAll(/\/\/[^:@/\s]*:([^@\s]+)@/g)].map(([, value]) => value!),
  ]
  const spelled = found.flatMap((secret) => [secret, unescaped(secret), encodeURIComponent(unescaped(secret))])
  return [...new Set(spelled)].filter((secret) => secret.length >= SHORTEST).sort((a, b) => b.length - a.length)
}

let known: string[] | null = null

/** Replaces every secret in a text, recognised by its form or because the environment contains it. */
export function masked(text: string): string {
  known ??= secretsOf(process.env)
  return mask(text, known)
}
