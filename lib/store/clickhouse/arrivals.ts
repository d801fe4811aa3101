import { randomBytes } from 'node:crypto'
import { rmSync } from 'node:fs'
import type { ClickHouseClient } from '@clickhouse/client'
import { Problem } from '@/lib/flow/problem'
import type { FlowGroup } from '@/lib/flow/tuple'
import type { Batch } from '@/lib/store/store'
import { insertGroups, insertSpool } from './insert'

/** Brings groups and rows to the server, those of several batches side by side; rows count nowhere yet. */
export class Arrivals {
  private readonly groups = new Map<number, string>()
  private met: Promise<void> = Promise.resolve()

  constructor(private readonly client: ClickHouseClient) {}

  /** Stores the rows of each part under its mark of `loads`, see `insertSpool`. The files are gone afterwards, whatever happened. */
  async bring({ groups, parts }: Batch, loads: readonly bigint[]): Promise<void> {
    try {
      // Rows may be of groups that came with the batch before.
      const met = this.met.then(() => this.meet(groups))
      this.met = met.catch(() => {})
      await met
      await Promise.all(parts.map((part, i) => insertSpool(this.client, part, loads[i]!)))
    } finally {
      for (const { file, minutes } of parts) for (const name of [file, minutes]) if (name !== null) rmSync(name, { force: true })
    }
  }

  private async meet(groups: readonly FlowGroup[]): Promise<void> {
    const fresh = this.fresh(groups)
    await insertGroups(this.client, fresh, randomBytes(8).toString('hex'))
    for (const group of fresh) this.groups.set(group.id, JSON.stringify(group))
  }

  /** Groups not stored yet, each once. */
  private fresh(groups: readonly FlowGroup[]): FlowGroup[] {
    const fresh = new Map<number, FlowGroup>()
    for (const group of groups) {
      const known = this.groups.get(group.id)
      if (known === undefined) fresh.set(group.id, group)
      else if (known !== JSON.stringify(group))
        throw new Problem('store', `Groups collide on the hash ${group.id}: ${known} and ${JSON.stringify(group)}`)
    }
    return [...fresh.values()]
  }
}
