import path from 'node:path'
import { parseArgs } from 'node:util'
import { MINUTE } from '@/lib/flow/bucket'
import { Problem } from '@/lib/flow/problem'
import { type Listen, listenFrom } from '../app'
import { type DemoSpec, FEWEST } from './blocks'

export interface DemoOptions {
  listen: Listen
  spec: DemoSpec
  live: boolean
  /** Have people sign in, at a stand-in for Microsoft Entra ID. */
  signIn: boolean
  /** On ClickHouse instead of the embedded engine. */
  clickhouse: boolean
  /** Write the data set there instead of serving it. */
  to: string | null
}

export const USAGE = `npm run demo -- [options]

  --port N      listen on this port (default: PORT, or 3000)
  --seed N      another made data set (default 1)
  --tuples N    about how many tuples, at least ${FEWEST} (default 1100000)
  --no-live     do not keep appending a block a minute
  --sign-in     have two people with different rights sign in, at a stand-in for Microsoft Entra ID
  --clickhouse  on ClickHouse's engine, which takes another 540 MB when it is not installed yet
  --to FOLDER   write the data set as files, and end`

function whole(name: string, text: string, least: number): number {
  const value = Number(text)
  if (!/^\d+$/.test(text) || value < least || value > Number.MAX_SAFE_INTEGER) {
    throw new Problem('config', `--${name} is ${text}; it takes a whole number of at least ${least}.`)
  }
  return value
}

/** Reads the command line of the demo; `now` is in epoch milliseconds. Null when it asks for help. */
export function demoOptions(args: readonly string[], env: NodeJS.ProcessEnv, now: number): DemoOptions | null {
  const options = {
    port: { type: 'string' },
    seed: { type: 'string', default: '1' },
    tuples: { type: 'string', default: '1100000' },
    'no-live': { type: 'boolean', default: false },
    'sign-in': { type: 'boolean', default: false },
    clickhouse: { type: 'boolean', default: false },
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
      now: Math.floor(now / MINUTE) * MINUTE,
    },
    live: !values['no-live'],
    signIn: values['sign-in'],
    clickhouse: values.clickhouse,
    to: values.to === undefined ? null : path.resolve(values.to),
  }
}
