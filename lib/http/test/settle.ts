import { type Config, readConfig } from '@/lib/config'
import type { Limits } from '@/lib/config/limits'

/** Sets the settings of the process; all others have their defaults. */
export function settle(environment: Record<string, string> = {}, limits: Partial<Limits> = {}): void {
  const config = readConfig(environment)
  const holder = globalThis as { [key: symbol]: unknown }
  holder[Symbol.for('flowlens.settings')] = { ...config, limits: { ...config.limits, ...limits } } satisfies Config
  delete holder[Symbol.for('flowlens.metrics')]
}
