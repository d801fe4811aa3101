import { hash } from 'node:crypto'
import type { Columns } from '@/lib/flow/columns'
import { Scanner, type ScanOrigin } from '@/lib/parse/scanner'
import { PACKING_BYTES, packingOf } from '@/lib/source/decode/packing'
import { readWhole } from '@/lib/source/folder/whole-file'
import type { KnownGroups } from './known-groups'
import type { FileToRead, FlushedSession } from './messages'
import { markStrays } from './strays'

const ROOM = 256 * 1024

/** Takes small blobs whole into the columns of a parse thread: files of this machine, which it reads by itself, and bytes that came from elsewhere. */
export class SmallBlobs {
  /** Every file is read into the same bytes. */
  private room = new Uint8Array(ROOM)
  private ended: FlushedSession[] = []

  constructor(
    private readonly columns: Columns,
    private readonly groups: KnownGroups,
  ) {}

  /** Tuples that the file holds, or null, and nothing of it, where it is to be read in the ordinary way: it is packed, or `readWhole` gives up. */
  read({ session, origin, file }: FileToRead): number | null {
    if (this.room.length < file.length) this.room = new Uint8Array(file.length * 2)
    if (!readWhole(file, this.room)) return null
    const bytes = this.room.subarray(0, file.length)
    if (packingOf(bytes.subarray(0, PACKING_BYTES)) !== null) return null
    return this.scan(session, origin, bytes)
  }

  /** Tuples that a blob holds, of which these are all the bytes. */
  scan(session: number, origin: ScanOrigin, bytes: Uint8Array): number {
    const { columns } = this
    const from = columns.length
    const scanner = new Scanner(origin, columns, this.groups, 0, this.groups.vocabularyOf(origin.source))
    scanner.push(bytes)
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
