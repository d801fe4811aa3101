import { randomBytes } from 'node:crypto'
import { rmSync } from 'node:fs'
import type { ClickHouseClient } from '@clickhouse/client'
import { Problem } from '@/lib/flow/problem'
import type { FlowGroup } from '@/lib/flow/tuple/tuple'
import { checkOf } from '@/lib/store/group-check'
import { NumberMap } from '@/lib/store/number-map'
import type { Batch } from '@/lib/store/store'
import { insertGroups, insertSpool } from './insert'

/** Sends groups and rows to the server, several batches at a time. The rows do not count yet. */
export class Arrivals {
  /** Checksum of every group that this instance has stored, by id. */
  private readonly groups = new NumberMap()
  private met: Promise<void> = Promise.resolve()

  constructor(private readonly client: ClickHouseClient) {}

  /** Stores the rows of each part under its mark in `loads`, see `insertSpool`. Removes the files in any case. */
  async bring({ groups, parts }: Batch, loads: readonly bigint[]): Promise<void> {
    try {
      // The rows may refer to groups of the batch before.
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
    await insertGroups(
      this.client,
      fresh.map(({ group }) => group),
      randomBytes(8).toString('hex'),
    )
    for (const { group, check } of fresh) this.groups.set(group.id, check)
  }

  /** Returns the groups that are not stored yet, each once with its checksum. */
  private fresh(groups: readonly FlowGroup[]): { group: FlowGroup; check: number }[] {
    const fresh = new Map<number, { group: FlowGroup; check: number }>()
    for (const group of groups) {
      const check = checkOf(group)
      const known = this.groups.get(group.id) ?? fresh.get(group.id)?.check
      if (known === undefined) fresh.set(group.id, { group, check })
      else if (known !== check) throw new Problem('store', `Groups collide on the hash ${group.id}: ${JSON.stringify(group)} and another`)
    }
    return [...fresh.values()]
  }
}
