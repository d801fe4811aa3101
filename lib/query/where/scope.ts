import { createHash } from 'node:crypto'
import { Known } from '@/lib/context/known'
import { join, type Sql, sql } from '@/lib/store/sql'

/**
 * Which rows may answer. Every question takes one, and every SQL text that reads rows has its `condition` in it, which `inRange` and `ofView` put there.
 * Nobody else makes them than `lib/http/rights/scope-of.ts`.
 */
export class Scope {
  private constructor(
    /** A condition over tables with `grp` and `blob` that is never null, or null where every row may answer. */
    readonly condition: Sql | null,
    /** Equal for equal scopes, as part of the key of a remembered answer. */
    readonly key: string,
    /** What is known of the addresses in those rows. */
    readonly context: Known = Known.nothing,
  ) {}

  static readonly everything = new Scope(null, '')

  /** The same rows, with what the asker may know of their addresses. */
  knowing(context: Known): Scope {
    return new Scope(this.condition, this.key, context)
  }

  /** Rows of these sources (Source.id), whatever else the store holds. */
  static ofSources(ids: readonly string[]): Scope {
    const bound = ids.map((id) => sql`${id}`)
    const condition = ids.length === 0 ? sql`1 = 0` : sql`grp in (select id from groups where source in (${join(bound, ', ')}))`
    return new Scope(condition, JSON.stringify(ids))
  }

  /** Rows of these blobs (Blob.id) and no others, for one asker (Identity.key): what was answered to another is not even as fast. */
  static ofBlobs(ids: readonly number[], asker: string): Scope {
    const sorted = [...ids].sort((a, b) => a - b)
    const condition = sorted.length === 0 ? sql`1 = 0` : sql`blob in ${sorted}`
    return new Scope(
      condition,
      createHash('sha256')
        .update(`${asker}\n${sorted.join(',')}`)
        .digest('hex'),
    )
  }

  /** In keys of remembered answers. */
  toJSON(): string {
    return `${this.key} ${this.context.digest}`
  }
}

/** What every question is asked with. */
export interface Scoped {
  scope: Scope
}
