import type { FlowGroup } from '@/lib/flow/tuple'

/** What is remembered from flush to flush, in rows; a log with more has most of its groups once. */
const MOST = 600_000
/** Rows that a group weighs as much as, and characters of its names that weigh one more: they go through every hand on the way to the store. */
const ROWS = 10
const CHARACTERS = 64

function weightOf({ acl, rule, proto, state, enc }: FlowGroup): number {
  const characters = [acl, rule, proto, state, enc].reduce((sum, name) => sum + (name?.length ?? 0), 0)
  return ROWS + Math.ceil(characters / CHARACTERS)
}

/** The groups that a parse thread has met, by id. */
export class KnownGroups extends Map<number, FlowGroup> {
  private fresh: FlowGroup[] = []
  private remembered = 0
  /** Of those met since the last `take`, in rows. */
  weight = 0

  override set(id: number, group: FlowGroup): this {
    if (!this.has(id)) {
      this.fresh.push(group)
      this.weight += weightOf(group)
    }
    return super.set(id, group)
  }

  /** Those met since the last time. Where there are too many all are forgotten, and met again. */
  take(): FlowGroup[] {
    const { fresh } = this
    this.remembered += this.weight
    this.fresh = []
    this.weight = 0
    if (this.remembered > MOST) {
      this.clear()
      this.remembered = 0
    }
    return fresh
  }
}
