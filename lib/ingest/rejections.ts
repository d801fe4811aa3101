import type { CoverageProblem } from '@/lib/flow/answers'
import type { Blob, Rejection } from '@/lib/flow/blob'
import { explainReason } from '@/lib/flow/reasons'
import { sql } from '@/lib/store/sql'
import type { Store } from '@/lib/store/store'

type Row = Omit<Rejection, 'offset'> & { pos: number }

/** Everything refused so far, by blob; read again only after the store has changed. */
export class Rejections {
  private revision = -1
  private byBlob: Promise<Map<number, Row[]>> = Promise.resolve(new Map())

  constructor(private readonly store: Store) {}

  of(): Promise<ReadonlyMap<number, Row[]>> {
    if (this.revision !== this.store.revision) {
      this.revision = this.store.revision
      this.byBlob = this.read()
      this.byBlob.catch(() => {
        this.revision = -1
      })
    }
    return this.byBlob
  }

  private async read(): Promise<Map<number, Row[]>> {
    const rows = await this.store.query<Row>(sql`
      select * from (
        select blob, what, reason, cast(sum(count) as bigint) as count, min(pos) as pos, min(sample) as sample
        from rejections group by blob, what, reason
      ) as summed order by count desc, blob, what, reason`)
    const byBlob = new Map<number, Row[]>()
    for (const row of rows) byBlob.set(row.blob, [...(byBlob.get(row.blob) ?? []), row])
    return byBlob
  }
}

export function toProblem(blob: Blob, row: Row): CoverageProblem {
  const noun = row.what === 'warning' ? 'tuple' : row.what
  const things = row.count === 1 ? `1 ${noun}` : `${row.count} ${noun}s`
  const fate = row.what === 'warning' ? 'kept with a doubt' : 'refused'
  return {
    kind: row.what,
    message: `${blob.name}: ${things} ${fate}, the first at byte ${row.pos}: ${explainReason(row.what, row.reason)}`,
    source: blob.source,
    blob: blob.name,
    reason: row.reason,
    count: row.count,
    offset: row.pos,
    sample: row.sample,
  }
}
