import { AS_IT_IS, type LoadPhase } from './load/load-state'

/** Returns the parameters of a question in a load phase: with `wait=0` while nothing may be read for it, without it once the load has ended. */
export function questionParams(data: URLSearchParams, extra: Readonly<Record<string, string>>, phase: LoadPhase): URLSearchParams {
  const params = new URLSearchParams(data)
  for (const [key, value] of Object.entries(extra)) params.set(key, value)
  if (AS_IT_IS.includes(phase)) params.set('wait', '0')
  return params
}
