import type { Rejection } from '@/lib/flow/reading/blob'
import { createColumns } from '@/lib/flow/tuple/columns'
import { Scanner } from '@/lib/parse/scanner'
import { writeMinutes } from '@/lib/store/spool/minutes'
import { writeSpool } from '@/lib/store/spool/spool'
import type { SpoolFile, Spooling } from '@/lib/store/store'
import { brokenBy } from '../broken'
import { FLUSH_GROUPS, type FlushedSession, type FromParser, type Port, type ToParser } from '../messages'
import { fingerprint } from './fingerprint'
import { KnownGroups } from './known-groups'
import { PieceHash } from './piece-hash'
import { SmallBlobs } from './small-blobs'
import { markStrays } from './strays'
import { warmUp } from './warm-up'

/** Rows of a typical flush; growing the columns later would copy them all. */
const CAPACITY = 327_680

interface ScanSession {
  scanner: Scanner
  /** Hour in its path, epoch milliseconds, or null. */
  hour: number | null
  hash: PieceHash
  ended: boolean
  /** Counts already reported, by kind and reason. */
  told: Map<string, number>
}

/** Rejections since the last call. */
function news(session: ScanSession): Rejection[] {
  const fresh: Rejection[] = []
  for (const rejection of session.scanner.rejections) {
    const key = `${rejection.what} ${rejection.reason}`
    const count = rejection.count - (session.told.get(key) ?? 0)
    if (count > 0) fresh.push({ ...rejection, count })
    session.told.set(key, rejection.count)
  }
  return fresh
}

/** The parse thread: reads bytes of many blobs, writes spool files. Rows of all sessions share one set of columns until the next flush. */
export function serveParser(port: Port<ToParser, FromParser>): void {
  const columns = createColumns(CAPACITY)
  const groups = new KnownGroups()
  const sessions = new Map<number, ScanSession>()
  const touched = new Set<number>()
  const small = new SmallBlobs(columns, groups)

  /** What the next flush holds. */
  const filled = () => ({ rows: columns.length, groupBytes: groups.freshBytes })

  function write(file: string, minutes: string, spooling: Spooling): SpoolFile | null {
    if (columns.length === 0) return null
    fingerprint(columns, groups, groups.hashes)
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
    const { groupBytes } = filled()
    port.postMessage({ kind: 'flushed', part, sessions: [...flushed, ...small.take()], groups: groups.take(), groupBytes })
    columns.length = 0
    touched.clear()
  }

  /** Messages that wait for a flush, see FLUSH_GROUPS. */
  const held: ToParser[] = []

  function hear(message: ToParser): void {
    const mayTake = () => groups.freshBytes < FLUSH_GROUPS
    if (message.kind === 'flush' || message.kind === 'warm-up' || (held.length === 0 && mayTake())) take(message)
    else held.push(message)
    while (held.length > 0 && mayTake()) take(held.shift()!)
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
    if (message.kind === 'files') {
      const tuples = message.files.map((file) => small.read(file))
      port.postMessage({ kind: 'filed', tuples, ...filled() })
      return
    }
    if (message.kind === 'whole') {
      const tuples = small.scan(message.session, message.origin, message.bytes)
      port.postMessage({ kind: 'filed', tuples: [tuples], ...filled() })
      return
    }
    if (message.kind === 'open') {
      const { session, origin } = message
      const hash = new PieceHash(origin.offset)
      sessions.set(session, {
        scanner: new Scanner(origin, columns, groups, 0, groups.vocabularyOf(origin.source)),
        hour: origin.hour,
        hash,
        ended: false,
        told: new Map(),
      })
      return
    }
    touched.add(message.session)
    const session = sessions.get(message.session)!
    const before = columns.length
    if (message.kind === 'bytes') {
      session.scanner.push(message.bytes)
      if (session.hour !== null) markStrays(columns, before, session.hour)
      session.hash.push(message.bytes, session.scanner.state.resume, session.scanner.passed)
      const { held, state } = session.scanner
      port.postMessage({ kind: 'parsed', session: message.session, size: message.bytes.length, ...filled(), held, state: { ...state } })
    } else {
      const state = message.whole ? session.scanner.finish() : session.scanner.state
      if (session.hour !== null) markStrays(columns, before, session.hour)
      session.hash.count(state.resume)
      session.scanner.release()
      session.ended = true
      port.postMessage({ kind: 'ended', session: message.session, ...filled(), state: { ...state } })
    }
  }

  port.on('message', (message) => {
    try {
      hear(message)
    } catch (error) {
      port.postMessage({ kind: 'broken', ...brokenBy(error) })
    }
  })
}
