import type { ClickHouseClient } from '@clickhouse/client'
import { REMOVED_AFTER } from './chain'
import { BY_MARK, blobsEverywhere, DAY, removal, STORED, type TableLayout } from './tables'

/** Maximum number of blobs of an hour, and of marks in all, whose rows a round removes. */
const MOST_BLOBS = 1000
const MOST_MARKS = 5000

/** What a round has removed. */
export interface Removed {
  marks: number
  rows: number
}

interface LostMark {
  mark: string
  rows: number
}

function isOld(time: string): string {
  return `${time} < now64(3, 'UTC') - toIntervalMillisecond(${REMOVED_AFTER})`
}

/** A condition over the table of marks for what was stored long ago in an hour, but has not expired. */
function oldOf(hour: number, keepDays: number | null): string {
  return `hour = ${hour} and ${isOld('loaded')}${keepDays === null ? '' : ` and loaded > now() - interval ${keepDays} day`}`
}

/** A condition over the table of blobs for all rows of blobs. */
function keysOf(blobs: string): string {
  return `(hour, id) in (select hour, id from ${STORED.blobs} where id in (${blobs}))`
}

/** A condition over the table of marks: the row that counts of its blob, among those of a condition, does not name the mark, and no row of the blob is new. */
function isLost(blobs: string): string {
  return `mark not in (select arrayJoin(marks) from ${STORED.blobs} final where ${blobs} and not forgotten)
    and blob not in (select id from ${STORED.blobs} where ${blobs} and not ${isOld('stored')})`
}

/**
 * Removes rows that have not counted for REMOVED_AFTER: of marks that the counting row of their blob does not name, or of blobs without a row, if nothing was
 * added to the blob for as long. Such marks cannot come to count, see `NAMED_WITHIN`. Looks at one day, whose number is `turn` among all days.
 * `mayRemove` is asked before each step, so that of instances whose rounds overlap one tells what was removed.
 */
export class LostRows {
  constructor(
    private readonly client: ClickHouseClient,
    private readonly layout: TableLayout,
    private readonly signal: AbortSignal,
    private readonly mayRemove: () => Promise<boolean>,
  ) {}

  async remove(turn: number): Promise<Removed> {
    const nothing = { marks: 0, rows: 0 }
    const days = await this.ask<{ day: string }>(`select distinct toString(${DAY}) as day from ${STORED.marks} order by day desc`)
    const day = days[turn % days.length]?.day
    if (day === undefined || (await this.isRemoving())) return nothing
    const hours = await this.ask<{ hour: string }>(`select distinct hour from ${STORED.marks} where ${DAY} = ${day} order by hour`)
    const lost: LostMark[] = []
    for (const { hour } of hours) if (lost.length < MOST_MARKS) lost.push(...(await this.lostOf(Number(hour))))
    const some = lost.slice(0, MOST_MARKS)
    if (some.length === 0) return nothing
    const marks = some.map(({ mark }) => mark)
    // The marks last: a round that is cut short is repeated.
    for (const query of removal(this.layout, day, marks)) {
      if (!(await this.mayRemove())) return nothing
      await this.command(query)
    }
    return { marks: marks.length, rows: some.reduce((sum, { rows }) => sum + rows, 0) }
  }

  /** The first look is at the blobs of the hour alone; what it doubts is looked up among all rows of these blobs, which decides. */
  private async lostOf(hour: number): Promise<LostMark[]> {
    const old = oldOf(hour, this.layout.keepDays)
    const near = hour < 0 ? keysOf(`select blob from ${STORED.marks} where ${old}`) : `hour in (${hour}, -1)`
    const doubted = await this.ask<{ blob: string }>(
      `select distinct blob from ${STORED.marks} where ${old} and ${isLost(near)} order by blob limit ${MOST_BLOBS}`,
    )
    if (doubted.length === 0) return []
    const everywhere = blobsEverywhere(this.layout)
    if (everywhere !== null) await this.command(everywhere)
    const ids = doubted.map(({ blob }) => blob).join(', ')
    const lost = await this.ask<{ mark: string; rows: string }>(
      `select toString(mark) as mark, toString(sum(rows)) as rows from ${STORED.marks}
      where ${old} and blob in (${ids}) and ${isLost(keysOf(ids))} group by ${STORED.marks}.mark order by mark limit ${MOST_MARKS}`,
    )
    return lost.map(({ mark, rows }) => ({ mark, rows: Number(rows) }))
  }

  /** True while a server has not finished an earlier removal. */
  private async isRemoving(): Promise<boolean> {
    const { cluster, database } = this.layout
    const mutations = cluster === null ? 'system.mutations' : `clusterAllReplicas('${cluster}', system.mutations)`
    const tables = BY_MARK.map((name) => `startsWith(table, '${STORED[name]}')`).join(' or ')
    const [row] = await this.ask<{ n: string }>(
      `select count() as n from ${mutations} where database = '${database}' and (${tables}) and not is_done`,
    )
    return Number(row!.n) > 0
  }

  private async ask<Row>(query: string): Promise<Row[]> {
    return (await this.client.query({ query, format: 'JSONEachRow', abort_signal: this.signal })).json<Row>()
  }

  private async command(query: string): Promise<void> {
    await this.client.command({ query, abort_signal: this.signal, clickhouse_settings: { mutations_sync: '1' } })
  }
}
