import { EventEmitter } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { FromParser, ToParser } from '../messages'
import { serveParser } from './serve'

/** A record with one tuple of each of `rules` different rules. */
function recordOf(rules: number, name: string): string {
  const flows = Array.from({ length: rules }, (_, i) => {
    const tuple = '"1723478430,10.0.0.1,10.0.0.2,1,443,T,I,A,E,1,2,3,4"'
    return `{"rule":"${name}${i}","flows":[{"mac":"002248266DB9","flowTuples":[${tuple}]}]}`
  })
  return `{"time":"2024-08-12T16:00:30Z","macAddress":"002248266DB9","category":"NetworkSecurityGroupFlowEvent","resourceId":"/S/N","properties":{"Version":2,"flows":[${flows}]}}`
}

it('takes no more bytes while it holds many groups, and goes on in order once they are written', () => {
  const dir = mkdtempSync(join(tmpdir(), 'flowlens-serve-'))
  try {
    const told: FromParser[] = []
    const port = Object.assign(new EventEmitter(), { postMessage: (message: FromParser) => told.push(message) })
    serveParser(port)
    const hear = (message: ToParser) => port.emit('message', message)
    const push = (text: string) => hear({ kind: 'bytes', session: 1, bytes: new TextEncoder().encode(text) })
    const flush = (name: string) => hear({ kind: 'flush', file: join(dir, name), minutes: join(dir, `${name}.minutes`), spooling: 'plain' })
    hear({ kind: 'open', session: 1, origin: { blob: 1, source: 's', scope: null, hour: null, mac: null, offset: 0 } })
    push(`{"records":[${recordOf(8000, 'a')},`)
    push(`${recordOf(8000, 'b')},`)
    push(`${recordOf(1, 'c')}]}`)
    hear({ kind: 'end', session: 1, whole: true })
    expect(told.map(({ kind }) => kind)).toEqual(['parsed'])
    flush('first')
    expect(told.map(({ kind }) => kind)).toEqual(['parsed', 'flushed', 'parsed'])
    flush('second')
    flush('third')
    expect(told.map(({ kind }) => kind)).toEqual(['parsed', 'flushed', 'parsed', 'flushed', 'parsed', 'ended', 'flushed'])
    expect(told.flatMap((one) => (one.kind === 'flushed' ? [one.groups.length] : []))).toEqual([8000, 8000, 1])
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
})
