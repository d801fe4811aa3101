import type { Figures } from '../proof'
import { PROOFS } from '../proofs'

/** The message to the parent process at the end. */
export type RunMessage = { done: number; figures: Figures; error: null } | { error: string }

/** Runs one proof in its own process, which may hang, crash or be killed: `run-one.ts NAME COUNT SEED SECONDS`. */
const [, , name, count, seed, seconds] = process.argv
const proof = PROOFS.find((one) => one.name === name)
const stop = new AbortController()

function tell(told: RunMessage): void {
  process.send?.(told, () => process.exit(told.error === null ? 0 : 1))
}

process.on('unhandledRejection', (reason) => tell({ error: `unhandled rejection: ${reason instanceof Error ? reason.stack : reason}` }))
// Child processes end with this one.
process.on('SIGTERM', () => process.exit(143))
if (Number(seconds) > 0) setTimeout(() => stop.abort(), Number(seconds) * 1000).unref()
proof?.run({ count: Number(count), seed: Number(seed), signal: stop.signal }).then(
  ({ done, figures = {} }) => tell({ done, figures, error: null }),
  (error: unknown) => tell({ error: error instanceof Error ? error.message : String(error) }),
)
