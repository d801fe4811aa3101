import path from 'node:path'
import { parseArgs } from 'node:util'
import { Problem } from '@/lib/flow/problem'
import { MINUTE } from '@/lib/flow/time/bucket'
import { type Listen, listenFrom } from '../app/app'
import { type DemoSpec, FEWEST } from './blocks'

export interface DemoOptions {
  listen: Listen
  spec: DemoSpec
  live: boolean
  /** True to require sign-in, at a simulated Microsoft Entra ID. */
  signIn: boolean
  /** True to use ClickHouse instead of the embedded engine. */
  clickhouse: boolean
  /** True to supply context files about the addresses. */
  context: boolean
  /** Folder to write the data set to instead of serving it. */
  to: string | null
}

export const USAGE = `npm run demo -- [options]

  --port N      listen on this port (default: PORT, or 3000)
  --seed N      generate another data set (default 1)
  --tuples N    approximate number of tuples, at least ${FEWEST} (default 1100000)
  --no-live     do not keep appending a block a minute
  --calm        the same network without the incident
  --no-context  do not tell who its addresses are
  --sign-in     require sign-in, at a simulated Microsoft Entra ID with two people who have different rights
  --clickhouse  use ClickHouse (installs 540 MB if it is missing)
  --to FOLDER   write the data set as files and exit`

function whole(name: string, text: string, least: number): number {
  const value = Number(text)
  if (!/^\d+$/.test(text) || value < least || value > Number.MAX_SAFE_INTEGER) {
    throw new Problem('config', `--${name} is ${text}; expected an integer of at least ${least}.`)
  }
  return value
}

/** Reads the command line of the demo; `now` is in epoch milliseconds. Null when help was requested. */
export function demoOptions(args: readonly string[], env: NodeJS.ProcessEnv, now: number): DemoOptions | null {
  const options = {
    port: { type: 'string' },
    seed: { type: 'string', default: '1' },
    tuples: { type: 'string', default: '1100000' },
    'no-live': { type: 'boolean', default: false },
    calm: { type: 'boolean', default: false },
    'sign-in': { type: 'boolean', default: false },
    clickhouse: { type: 'boolean', default: false },
    'no-context': { type: 'boolean', default: false },
    to: { type: 'string' },
    help: { type: 'boolean', short: 'h', default: false },
  } as const
  let values: ReturnType<typeof parseArgs<{ options: typeof options }>>['values']
  try {
    values = parseArgs({ args: [...args], options }).values
  } catch (cause) {
    throw new Problem('config', `${cause instanceof Error ? cause.message : cause}\n\n${USAGE}`, { cause })
  }
  if (values.help) return null
  return {
    listen: listenFrom(values.port === undefined ? env : { ...env, PORT: values.port }),
    spec: {
      seed: whole('seed', values.seed, 0),
      tuples: whole('tuples', values.tuples, FEWEST),
      calm: values.calm,
      now: Math.floor(now / MINUTE) * MINUTE,
    },
    live: !values['no-live'],
    signIn: values['sign-in'],
    clickhouse: values.clickhouse,
    context: !values['no-context'],
    to: values.to === undefined ? null : path.resolve(values.to),
  }
}
