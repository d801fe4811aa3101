import { hash } from 'node:crypto'
import type { Columns } from '@/lib/flow/columns'
import { Scanner } from '@/lib/parse/scanner'
import { PACKING_BYTES, packingOf } from '@/lib/source/decode/packing'
import { readWhole } from '@/lib/source/folder/whole-file'
import type { KnownGroups } from './known-groups'
import type { FileToRead, FlushedSession } from './messages'
import { markStrays } from './strays'

const ROOM = 256 * 1024

/** Reads small files of this machine whole into the columns of a parse thread. */
export class SmallFiles {
  /** Every file is read into the same bytes. */
  private room = new Uint8Array(ROOM)
  private ended: FlushedSession[] = []

  constructor(
    private readonly columns: Columns,
    private readonly groups: KnownGroups,
  ) {}

  /** Tuples that the file holds, or null, and nothing of it, where it is to be read in the ordinary way: it is packed, or `readWhole` gives up. */
  read({ session, origin, file }: FileToRead): number | null {
    const { columns } = this
    if (this.room.length < file.length) this.room = new Uint8Array(file.length * 2)
    if (!readWhole(file, this.room)) return null
    const bytes = this.room.subarray(0, file.length)
    if (packingOf(bytes.subarray(0, PACKING_BYTES)) !== null) return null
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

  /** The sessions of files read since the last call. */
  take(): FlushedSession[] {
    const { ended } = this
    this.ended = []
    return ended
  }
}
