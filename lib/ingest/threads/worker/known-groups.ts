import type { FlowGroup } from '@/lib/flow/tuple/tuple'
import { Vocabulary } from '@/lib/parse/record/vocabulary'

/**
 * Maximum number of bytes of groups that are remembered between flushes: enough for a thousand NICs, whose groups occur again in every hour. In a log with
 * more, most groups occur only once.
 */
const MOST = 24 * 1024 * 1024
/** Bytes of a group including its cached values, and maximum number of bytes of a character of its names. */
const GROUP_BYTES = 400
const CHARACTER_BYTES = 2

function charactersOf({ acl, rule, proto, state, enc }: FlowGroup): number {
  return acl.length + rule.length + (proto?.length ?? 0) + (state?.length ?? 0) + (enc?.length ?? 0)
}

/** The groups that a parse thread has seen, by id, and values derived from them. */
export class KnownGroups extends Map<number, FlowGroup> {
  /** Hashes of groups' properties for `fingerprint`, by id. */
  readonly hashes = new Map<number, number>()
  private readonly vocabularies = new Map<string, Vocabulary>()
  private fresh: FlowGroup[] = []
  /** Bytes. */
  private remembered = 0
  /** Memory of the groups seen since the last `take`, bytes. */
  freshBytes = 0

  /** Returns the vocabulary that the scanners of a source's blobs share. */
  vocabularyOf(source: string): Vocabulary {
    const known = this.vocabularies.get(source) ?? new Vocabulary(source, this, 'thread')
    this.vocabularies.set(source, known)
    return known
  }

  override set(id: number, group: FlowGroup): this {
    if (!this.has(id)) {
      // Groups of one log share its name.
      const log = group.log === this.fresh.at(-1)?.log ? 0 : group.log.length + group.logName.length
      const bytes = GROUP_BYTES + (charactersOf(group) + log) * CHARACTER_BYTES
      this.fresh.push(group)
      this.freshBytes += bytes
      this.remembered += bytes
    }
    return super.set(id, group)
  }

  /** Groups seen since the last call. If there are too many, all are forgotten and reported again. */
  take(): FlowGroup[] {
    const { fresh } = this
    this.fresh = []
    this.freshBytes = 0
    if (this.remembered > MOST) {
      this.clear()
      this.hashes.clear()
      for (const { families } of this.vocabularies.values()) families.forget()
      this.remembered = 0
    }
    return fresh
  }
}
