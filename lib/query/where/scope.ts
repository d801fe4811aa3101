import { createHash } from 'node:crypto'
import { Known } from '@/lib/context/known'
import { join, type Sql, sql } from '@/lib/store/sql'

/**
 * The rows that may answer. Every query takes a scope, and every SQL text that reads rows contains its `condition`, which `inRange` and `ofView` add. Only
 * `lib/http/rights/scope-of.ts` creates scopes.
 */
export class Scope {
  private constructor(
    /** A condition over tables with `grp` and `blob` that is never null, or null if every row may answer. */
    readonly condition: Sql | null,
    /** Equal for equal scopes, as part of the key of a remembered answer. */
    readonly key: string,
    /** The context that may be used for the addresses in those rows. */
    readonly context: Known = Known.nothing,
  ) {}

  static readonly everything = new Scope(null, '')

  /** Returns the same rows, with the context that the person may see. */
  knowing(context: Known): Scope {
    return new Scope(this.condition, this.key, context)
  }

  /** Returns a scope with the rows of these sources (Source.id). */
  static ofSources(ids: readonly string[]): Scope {
    const bound = ids.map((id) => sql`${id}`)
    const condition = ids.length === 0 ? sql`1 = 0` : sql`grp in (select id from groups where source in (${join(bound, ', ')}))`
    return new Scope(condition, JSON.stringify(ids))
  }

  /**
   * Returns a scope with the rows of these blobs (Blob.id), for one person (Identity.key): remembered answers of other people are not used, so that even
   * response times reveal nothing.
   */
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

  /** For keys of remembered answers. */
  toJSON(): string {
    return `${this.key} ${this.context.digest}`
  }
}

/** Options of every query. */
export interface Scoped {
  scope: Scope
}
