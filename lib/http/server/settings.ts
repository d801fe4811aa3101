import 'server-only'
import { type Config, readConfig } from '@/lib/config'
import { Problem } from '@/lib/flow/problem'

const HELD = Symbol.for('flowlens.settings')
const holder = globalThis as { [HELD]?: Config }

/** The environment, read once. @throws Problem `config` that lists every mistake. */
export function settings(): Config {
  try {
    holder[HELD] ??= readConfig(process.env)
    return holder[HELD]
  } catch (error) {
    throw new Problem('config', error instanceof Error ? error.message : String(error), { cause: error })
  }
}
