import { hash } from 'node:crypto'
import type { Columns } from '@/lib/flow/tuple/columns'
import { Scanner, type ScanOrigin } from '@/lib/parse/scanner'
import { FAST_REACH } from '@/lib/parse/tuple/fast-tuple'
import { PACKING_BYTES, packingOf } from '@/lib/source/decode/bytes/packing'
import { readWhole } from '@/lib/source/folder/whole-file'
import type { FileToRead, FlushedSession } from '../messages'
import type { KnownGroups } from './known-groups'
import { markStrays } from './strays'

const ROOM = 256 * 1024

/** Reads whole small blobs into the columns of a parse thread: files of this machine, which it reads by itself, and bytes from elsewhere. */
export class SmallBlobs {
  /** Reused for every file. */
  private room = new Uint8Array(ROOM)
  private ended: FlushedSession[] = []

  constructor(
    private readonly columns: Columns,
    private readonly groups: KnownGroups,
  ) {}

  /** Reads a file and returns its number of tuples; null if it must be read in the ordinary way, because it is packed or `readWhole` gives up. */
  read({ session, origin, file }: FileToRead): number | null {
    if (this.room.length < file.length + FAST_REACH) this.room = new Uint8Array(file.length * 2 + FAST_REACH)
    if (!readWhole(file, this.room)) return null
    if (packingOf(this.room.subarray(0, Math.min(file.length, PACKING_BYTES))) !== null) return null
    return this.scan(session, origin, this.room, file.length)
  }

  /** Scans a whole blob, `bytes[0, length)`, and returns its number of tuples. */
  scan(session: number, origin: ScanOrigin, bytes: Uint8Array, length = bytes.length): number {
    const { columns } = this
    const from = columns.length
    const scanner = new Scanner(origin, columns, this.groups, 0, this.groups.vocabularyOf(origin.source))
    scanner.pushWhole(bytes, length)
    const state = scanner.finish()
    if (origin.hour !== null) markStrays(columns, from, origin.hour)
    const { resume } = state
    const piece = resume === 0 ? null : { from: 0, to: resume, sha256: hash('sha256', bytes.subarray(0, resume)) }
    this.ended.push({ session, state, piece, rejections: scanner.rejections, ended: true })
    return state.tuples
  }

  /** The sessions of blobs taken since the last call. */
  take(): FlushedSession[] {
    const { ended } = this
    this.ended = []
    return ended
  }
}
