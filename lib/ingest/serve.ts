import type { Rejection } from '@/lib/flow/blob'
import { createColumns } from '@/lib/flow/columns'
import { Scanner } from '@/lib/parse/scanner'
import { writeMinutes } from '@/lib/store/minutes'
import { type Spooling, writeSpool } from '@/lib/store/spool'
import type { SpoolFile } from '@/lib/store/store'
import { KnownGroups } from './known-groups'
import type { FlushedSession, FromParser, Port, ToParser } from './messages'
import { PieceHash } from './piece-hash'
import { warmUp } from './warm-up'

/** Rows that a flush commonly holds: growing on the way there would copy them all. */
const CAPACITY = 327_680

interface Session {
  scanner: Scanner
  hash: PieceHash
  ended: boolean
  /** Counts already handed over, by kind and reason. */
  told: Map<string, number>
}

/** Rejections since the last call. */
function news(session: Session): Rejection[] {
  const fresh: Rejection[] = []
  for (const rejection of session.scanner.rejections) {
    const key = `${rejection.what} ${rejection.reason}`
    const count = rejection.count - (session.told.get(key) ?? 0)
    if (count > 0) fresh.push({ ...rejection, count })
    session.told.set(key, rejection.count)
  }
  return fresh
}

/** The parse thread: bytes of many blobs in, spool files out. Rows of all sessions share one set of columns until the next flush. */
export function serveParser(port: Port<ToParser, FromParser>): void {
  const columns = createColumns(CAPACITY)
  const groups = new KnownGroups()
  const sessions = new Map<number, Session>()
  const touched = new Set<number>()

  /** What the next flush will weigh. */
  const rows = () => columns.length + groups.weight

  function write(file: string, minutes: string, spooling: Spooling): SpoolFile | null {
    if (columns.length === 0) return null
    const written = writeSpool(file, columns, spooling)
    return { ...written, minutes: writeMinutes(minutes, columns) ? minutes : null }
  }

  function flush(file: string, minutes: string, spooling: Spooling): void {
    const part = write(file, minutes, spooling)
    const flushed = [...touched].map((id): FlushedSession => {
      const session = sessions.get(id)!
      if (session.ended) sessions.delete(id)
      const { scanner, hash, ended } = session
      return { session: id, state: { ...scanner.state }, piece: hash.piece(), rejections: news(session), ended }
    })
    port.postMessage({ kind: 'flushed', part, sessions: flushed, groups: groups.take() })
    columns.length = 0
    touched.clear()
  }

  function take(message: ToParser): void {
    if (message.kind === 'flush') {
      flush(message.file, message.minutes, message.spooling)
      return
    }
    if (message.kind === 'warm-up') {
      warmUp(message.file, message.minutes, message.spooling)
      return
    }
    touched.add(message.session)
    if (message.kind === 'open') {
      const { session, origin } = message
      const hash = new PieceHash(origin.offset)
      sessions.set(session, { scanner: new Scanner(origin, columns, groups), hash, ended: false, told: new Map() })
      return
    }
    const session = sessions.get(message.session)!
    if (message.kind === 'bytes') {
      session.scanner.push(message.bytes)
      session.hash.push(message.bytes, session.scanner.state.resume, session.scanner.passed)
      const { held, state } = session.scanner
      port.postMessage({ kind: 'parsed', session: message.session, size: message.bytes.length, rows: rows(), held, state: { ...state } })
    } else {
      const state = message.whole ? session.scanner.finish() : session.scanner.state
      session.hash.count(state.resume)
      session.scanner.release()
      session.ended = true
      port.postMessage({ kind: 'ended', session: message.session, rows: rows(), state: { ...state } })
    }
  }

  port.on('message', (message) => {
    try {
      take(message)
    } catch (error) {
      port.postMessage({ kind: 'broken', message: error instanceof Error ? (error.stack ?? error.message) : String(error) })
    }
  })
}
