import { setImmediate } from 'node:timers/promises'
import { hash53 } from '@/lib/flow/hash'
import { Problem } from '@/lib/flow/problem'
import type { FlowGroup } from '@/lib/flow/tuple/tuple'
import { NumberMap } from './number-map'
import { cellsOf, GROUPS, type TableCell } from './schema'

/** Groups that are compared before other work gets its turn. */
const CHUNK = 2048

/** A group that is to be stored, and its checksum. */
export interface NewGroup {
  group: FlowGroup
  check: number
}

function checkOf(cells: readonly TableCell[]): number {
  return hash53(JSON.stringify(cells))
}

/** The checksum of every stored group, by id: names would fill the memory if a hostile log had millions of rules. */
export class StoredGroups {
  private readonly checks = new NumberMap()

  /** Adds a group that was stored before, as a row of GROUPS. */
  load(cells: readonly TableCell[]): void {
    this.checks.set(Number(cells[0]), checkOf(cells))
  }

  /**
   * Returns the groups that are not stored yet, each once.
   * @throws Problem `store` for two groups with one id
   */
  async newOf(groups: readonly FlowGroup[]): Promise<NewGroup[]> {
    const fresh = new Map<number, NewGroup>()
    for (const [i, group] of groups.entries()) {
      if (i % CHUNK === CHUNK - 1) await setImmediate()
      const check = checkOf(cellsOf(GROUPS, group))
      const known = this.checks.get(group.id) ?? fresh.get(group.id)?.check
      if (known === undefined) fresh.set(group.id, { group, check })
      else if (known !== check) throw new Problem('store', `Groups collide on the hash ${group.id}: ${JSON.stringify(group)} and another`)
    }
    return [...fresh.values()]
  }

  /** Adds groups that are stored now. */
  add(groups: readonly NewGroup[]): void {
    for (const { group, check } of groups) this.checks.set(group.id, check)
  }
}
