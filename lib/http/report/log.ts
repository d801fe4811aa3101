import 'server-only'
import pino, { type Logger } from 'pino'
import { masked } from './secrets'

const HELD = Symbol.for('flowlens.log')
const holder = globalThis as { [HELD]?: Logger }

function open(): Logger {
  const out = pino.destination({ dest: 1, sync: true })
  const level = process.env.NODE_ENV === 'test' ? 'silent' : 'info'
  return pino({ name: 'flowlens', level }, { write: (line) => void out.write(masked(line)) })
}

/** The log of this process: JSON lines on standard output, without secrets. */
export function log(): Logger {
  holder[HELD] ??= open()
  return holder[HELD]
}
