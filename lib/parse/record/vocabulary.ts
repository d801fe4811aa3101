import { describeLog, type LogName } from '@/lib/flow/tuple/log'
import type { FlowGroup } from '@/lib/flow/tuple/tuple'
import { NameTable } from '@/lib/parse/json/names'
import { Families } from '@/lib/parse/tuple/groups'
import { KnownHeads } from './known-heads'

/** Maximum number of names and families to remember for one blob, and for all blobs that a thread reads. */
const SIZES = { blob: { names: 512, families: 4096 }, thread: { names: 8192, families: 65_536 } }
const MOST_LOGS = 4096

/**
 * Heads, names, logs and groups that the blobs of one source repeat. Scanners that share `groups` may share it too, so that a small blob need not learn it again;
 * `families` must forget whenever `groups` does.
 */
export class Vocabulary {
  readonly heads = new KnownHeads()
  readonly names: NameTable
  readonly families: Families
  private readonly logs = new Map<string, LogName>()

  constructor(
    private readonly source: string,
    groups: Map<number, FlowGroup>,
    size: keyof typeof SIZES = 'blob',
  ) {
    this.names = new NameTable(SIZES[size].names)
    this.families = new Families(source, groups, SIZES[size].families)
  }

  /** Returns the log of a path's scope, or of a resource id: the same object for the same text. */
  logOf(scopeOrResourceId: string): LogName {
    const known = this.logs.get(scopeOrResourceId)
    if (known !== undefined) return known
    if (this.logs.size >= MOST_LOGS) this.logs.clear()
    const log = describeLog(this.source, scopeOrResourceId)
    this.logs.set(scopeOrResourceId, log)
    return log
  }
}
