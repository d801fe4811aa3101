import { strict as assert } from 'node:assert'
import { closeSync, cpSync, openSync, readdirSync, readSync, rmSync, statSync, writeFileSync, writeSync } from 'node:fs'
import path from 'node:path'
import { Random } from '@/lib/parse/test/random'
import { withFolder } from '../../world/folder'
import { answer, openRoad, rightAnswer, rightOrClear, writeEvidence } from './evidence'
import { withWrites } from './failing-writes'
import { SERVED } from './served'
import { smallDisk } from './tmpfs'

export interface DiskCase {
  name: string
  /** Returns the outcome. Throws for a wrong answer, or for an unclear error. */
  check(seed: number): Promise<string>
}

const NO_DISK = 'no disk of its own here'

/** Lets our own writes fail while blobs are read; afterwards everything is read again. */
function writesFail(how: 'ENOSPC' | 'EIO' | 'short'): DiskCase {
  return {
    name: `${how} while rows are written`,
    check: () =>
      withFolder(async (folder) => {
        const evidence = writeEvidence(folder)
        const expected = await rightAnswer(evidence, path.join(folder, 'sound'))
        const { road } = await openRoad(evidence, path.join(folder, 'data'))
        try {
          const outcome = await withWrites(how, () => rightOrClear(expected, () => answer(road)))
          assert.equal(outcome, how === 'short' ? 'right answer' : 'clear error')
          assert.equal(await answer(road), expected, 'after the disk works again')
          return `${outcome}, then right`
        } finally {
          await road.close()
        }
      }),
  }
}

const fullDisk: DiskCase = {
  name: 'a disk too small for the rows',
  check: () =>
    withFolder(async (folder) => {
      const evidence = writeEvidence(folder, 500)
      const expected = await rightAnswer(evidence, path.join(folder, 'sound'))
      const data = path.join(folder, 'data')
      const disk = smallDisk(data, '1400k')
      if (!disk) return NO_DISK
      try {
        const ask = async () => {
          const { road } = await openRoad(evidence, data)
          try {
            return await answer(road)
          } finally {
            await road.close().catch(() => {})
          }
        }
        const outcome = await rightOrClear(expected, ask)
        assert.equal(outcome, 'clear error')
        disk.remount('size=200m')
        assert.equal(await ask(), expected, 'when there is room again')
        return `${outcome}, then right`
      } finally {
        disk.unmount()
      }
    }),
}

function readOnly(filled: boolean): DiskCase {
  return {
    name: `a read-only disk${filled ? ' with data' : ''}`,
    check: () =>
      withFolder(async (folder) => {
        const evidence = writeEvidence(folder)
        const expected = await rightAnswer(evidence, path.join(folder, 'sound'))
        const data = path.join(folder, 'data')
        const disk = smallDisk(data, '200m')
        if (!disk) return NO_DISK
        try {
          if (filled) await rightAnswer(evidence, data)
          disk.remount('ro')
          const outcome = await rightOrClear(expected, () => rightAnswer(evidence, data))
          disk.remount('rw')
          assert.equal(await rightAnswer(evidence, data), expected, 'when it can be written again')
          return `${outcome}, then right`
        } finally {
          disk.unmount()
        }
      }),
  }
}

const missing: DiskCase = {
  name: 'a data directory that is not there',
  check: () =>
    withFolder(async (folder) => {
      const evidence = writeEvidence(folder)
      const expected = await rightAnswer(evidence, path.join(folder, 'sound'))
      return rightOrClear(expected, () => rightAnswer(evidence, path.join(folder, 'not', 'there', 'yet')))
    }),
}

const noFolder: DiskCase = {
  name: 'a data directory below a file',
  check: () =>
    withFolder(async (folder) => {
      const evidence = writeEvidence(folder)
      writeFileSync(path.join(folder, 'file'), '')
      return rightOrClear('nothing', () => rightAnswer(evidence, path.join(folder, 'file', 'data')))
    }),
}

function vanishes(what: string): DiskCase {
  return {
    name: `${what === '.' ? 'the data directory' : what} is removed while it is in use`,
    check: () =>
      withFolder(async (folder) => {
        const evidence = writeEvidence(folder)
        const data = path.join(folder, 'data')
        const expected = await rightAnswer(evidence, path.join(folder, 'sound'))
        const { road } = await openRoad(evidence, data)
        try {
          await answer(road)
          rmSync(path.join(data, what), { recursive: true, force: true })
          const outcome = await rightOrClear(expected, () => answer(road))
          await road.close()
          assert.equal(await rightAnswer(evidence, data), expected, 'after a new start')
          return `${outcome}, then right`
        } finally {
          await road.close().catch(() => {})
        }
      }),
  }
}

function flip(file: string, random: Random): void {
  const at = random.below(statSync(file).size)
  const handle = openSync(file, 'r+')
  const byte = new Uint8Array(1)
  readSync(handle, byte, 0, 1, at)
  byte[0]! ^= 1 << random.below(8)
  writeSync(handle, byte, 0, 1, at)
  closeSync(handle)
}

/** Flips one bit in a file of each of several copies of a cleanly closed data directory. */
function flipped(what: 'engine' | 'spool', bits: number): DiskCase {
  return {
    name: `a flipped bit in ${what === 'engine' ? 'the engine’s' : 'a spool'} file`,
    check: (seed) =>
      withFolder(async (folder) => {
        const random = new Random(seed)
        const evidence = writeEvidence(folder)
        const data = path.join(folder, 'data')
        const { road } = await openRoad(evidence, data)
        const expected = await answer(road)
        if (what === 'engine') await road.store.settle()
        await road.close()
        const met = new Set<string>()
        for (let bit = 0; bit < bits; bit++) {
          const copy = path.join(folder, `copy-${bit}`)
          cpSync(data, copy, { recursive: true })
          const files =
            what === 'engine' ? ['tuples.duckdb'] : readdirSync(path.join(copy, 'spool')).map((file) => path.join('spool', file))
          assert.ok(files.length > 0, 'nothing to damage')
          flip(path.join(copy, random.pick(files)), random)
          const outcome = await rightOrClear(expected, () => rightAnswer(evidence, copy))
          if (outcome === 'clear error') assert.equal(await rightAnswer(evidence, copy), expected, 'after a new start')
          met.add(outcome)
          rmSync(copy, { recursive: true, force: true })
        }
        return met.has('clear error') ? 'right answer, some after a clear error and a new start' : 'right answer'
      }),
  }
}

/** Bits to flip in one case. */
const BITS = 8

export const CASES: readonly DiskCase[] = [
  writesFail('ENOSPC'),
  writesFail('EIO'),
  writesFail('short'),
  fullDisk,
  readOnly(false),
  readOnly(true),
  missing,
  noFolder,
  vanishes('.'),
  vanishes('spool'),
  ...Array.from({ length: 5 }, () => flipped('engine', BITS)),
  ...Array.from({ length: 5 }, () => flipped('spool', BITS)),
  ...SERVED,
]
