import type { CoverageProblem } from '@/lib/flow/answer/answer'
import type { Blob, BlobState, Rejection } from '@/lib/flow/reading/blob'
import { explainReason } from '@/lib/flow/reading/reasons'
import { sql } from '@/lib/store/sql'
import type { Store } from '@/lib/store/store'

type Row = Omit<Rejection, 'offset'> & { pos: number }

/** All rejections so far, by blob; read again only after the store has changed. */
export class RejectionsByBlob {
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
        select blob, what, reason, cast(sum(count) as bigint) as count, cast(sum(bytes) as bigint) as bytes, min(pos) as pos, min(sample) as sample
        from rejections group by blob, what, reason
      ) as summed order by count desc, blob, what, reason`)
    const byBlob = new Map<number, Row[]>()
    for (const row of rows) byBlob.set(row.blob, [...(byBlob.get(row.blob) ?? []), row])
    return byBlob
  }
}

/** Rejected records and tuples. */
export function refusedOf(rows: readonly Row[] = []): number {
  return rows.reduce((sum, { what, count }) => sum + (what === 'warning' ? 0 : count), 0)
}

/** True for a loose file without any record of a flow log but with whole records of another log: no flow is missing because of it. */
export function isOtherLog(blob: Blob, state: BlobState | undefined, rows: readonly Row[] = []): boolean {
  return blob.hour === null && state?.records === 0 && rows.every(({ reason }) => reason === 'category')
}

function fateOf({ what, reason, count, bytes }: Row): string {
  if (reason.startsWith('envelope-')) return count === 1 ? 'read from inside an envelope' : `read from inside ${count} envelopes`
  const noun = what === 'warning' ? 'tuple' : what
  const things = count === 1 ? `1 ${noun}` : `${count} ${noun}s`
  return what === 'warning' ? `${things} kept with a doubt` : `${things} refused (${bytes} bytes)`
}

export function coverageProblem(blob: Blob, row: Row): CoverageProblem {
  return {
    kind: row.what,
    message: `${blob.name}: ${fateOf(row)}, the first at byte ${row.pos}: ${explainReason(row.what, row.reason)}`,
    source: blob.source,
    blob: blob.name,
    reason: row.reason,
    count: row.count,
    bytes: row.bytes,
    offset: row.pos,
    sample: row.sample,
  }
}
