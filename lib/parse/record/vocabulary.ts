import { describeLog, type LogName } from '@/lib/flow/log'
import type { FlowGroup } from '@/lib/flow/tuple'
import { Names } from '@/lib/parse/json/names'
import { Families } from '@/lib/parse/tuple/groups'

/** How much is remembered for one blob, and for all that a thread reads. */
const SIZES = { blob: { names: 512, families: 4096 }, thread: { names: 8192, families: 65_536 } }
const MOST_LOGS = 4096

/**
 * What blobs of one source say again and again: names, logs and groups. Scanners that share `groups` may share it too, so that a small blob need not learn
 * it anew; `families` must forget when `groups` does.
 */
export class Vocabulary {
  readonly names: Names
  readonly families: Families
  private readonly logs = new Map<string, LogName>()

  constructor(
    private readonly source: string,
    groups: Map<number, FlowGroup>,
    size: keyof typeof SIZES = 'blob',
  ) {
    this.names = new Names(SIZES[size].names)
    this.families = new Families(source, groups, SIZES[size].families)
  }

  /** The log of a path's scope, or of a resource id: the same object for the same text. */
  logOf(scopeOrResourceId: string): LogName {
    const known = this.logs.get(scopeOrResourceId)
    if (known !== undefined) return known
    if (this.logs.size >= MOST_LOGS) this.logs.clear()
    const log = describeLog(this.source, scopeOrResourceId)
    this.logs.set(scopeOrResourceId, log)
    return log
  }
}
