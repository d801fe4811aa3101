import { randomBytes } from 'node:crypto'
import { rmSync } from 'node:fs'
import type { ClickHouseClient } from '@clickhouse/client'
import type { FlowGroup } from '@/lib/flow/tuple/tuple'
import type { Batch } from '@/lib/store/store'
import { StoredGroups } from '@/lib/store/stored-groups'
import { serverTime } from './client'
import { insertGroups, insertSpool } from './insert'

/** Sends groups and rows to the server, several batches at a time. The rows do not count yet. */
export class Arrivals {
  /** The groups that this instance has stored. */
  private readonly groups = new StoredGroups()
  private met: Promise<void> = Promise.resolve()

  constructor(private readonly client: ClickHouseClient) {}

  /**
   * Stores the rows of each part under its mark in `loads`, see `insertSpool`. Removes the files in any case. Returns a moment before the rows were stored, epoch
   * milliseconds of the server's clock.
   */
  async bring({ groups, parts }: Batch, loads: readonly bigint[]): Promise<number> {
    try {
      const begun = serverTime(this.client)
      begun.catch(() => {})
      // The rows may refer to groups of the batch before.
      const met = this.met.then(() => this.meet(groups))
      this.met = met.catch(() => {})
      await met
      const sure = await begun
      await Promise.all(parts.map((part, i) => insertSpool(this.client, part, loads[i]!)))
      return sure
    } finally {
      for (const { file, minutes } of parts) for (const name of [file, minutes]) if (name !== null) rmSync(name, { force: true })
    }
  }

  private async meet(groups: readonly FlowGroup[]): Promise<void> {
    const fresh = await this.groups.newOf(groups)
    await insertGroups(
      this.client,
      fresh.map(({ group }) => group),
      randomBytes(8).toString('hex'),
    )
    this.groups.add(fresh)
  }
}
