import { z } from 'zod'
import { readTime } from './limits'

const BODIES = ['json', 'slack', 'teams'] as const

/** An address that receives the alerts of watches. */
export interface Webhook {
  /** Format of the messages: our own JSON, or that of Slack or Teams. */
  body: (typeof BODIES)[number]
  /** Contains a secret, so it never appears in messages. */
  url: string
}

/** Minimum length of the secret that signs messages. Characters. */
const SHORTEST = 16
/** Minimum time between rounds. Milliseconds. */
const FASTEST = 10_000

export const watchVariables = {
  FLOWLENS_WATCH: z
    .string()
    .refine((written) => (readTime(written) ?? 0) >= FASTEST, { error: `must be a time such as 5m, of at least ${FASTEST / 1000}s` })
    .optional(),
  FLOWLENS_WEBHOOK: z.string().trim().min(1).optional(),
  FLOWLENS_WEBHOOK_SECRET: z
    .string()
    .trim()
    .min(SHORTEST, { error: `must be ${SHORTEST} characters or more` })
    .optional(),
}

export interface WatchConfig {
  /** Milliseconds between two rounds; null if this process evaluates no watches. */
  every: number | null
  webhooks: readonly Webhook[]
  /** Signs the messages; null for no signature. */
  secret: string | null
}

/** Reads one address: `https://…`, `slack=https://…` or `teams=https://…`; returns null for any other text. */
function readWebhook(written: string): Webhook | null {
  const [, word, url = ''] = /^(?:([a-z]+)=)?(.*)$/s.exec(written) ?? []
  const body = BODIES.find((one) => one === (word ?? 'json'))
  const parsed = URL.canParse(url) ? new URL(url) : null
  return body && parsed?.protocol === 'https:' && parsed.username === '' && parsed.password === '' ? { body, url: parsed.href } : null
}

/** Reads variables that match the schema; error messages give the position of an address, because the address contains a secret. */
export function readWatch(environment: z.infer<z.ZodObject<typeof watchVariables>>, mistakes: string[]): WatchConfig {
  const places = (environment.FLOWLENS_WEBHOOK ?? '').split(/\s+/).filter(Boolean)
  const webhooks = places.flatMap((place, i) => {
    const webhook = readWebhook(place)
    if (webhook === null)
      mistakes.push(
        `FLOWLENS_WEBHOOK: address ${i + 1} is none; expected https://…, slack=https://… or teams=https://…, without a password`,
      )
    return webhook ?? []
  })
  const secret = environment.FLOWLENS_WEBHOOK_SECRET ?? null
  if (secret === null && webhooks.some(({ body }) => body === 'json'))
    mistakes.push('FLOWLENS_WEBHOOK: plain JSON is signed, and so needs FLOWLENS_WEBHOOK_SECRET')
  const { FLOWLENS_WATCH: every } = environment
  return { every: every === undefined ? null : readTime(every), webhooks, secret }
}
