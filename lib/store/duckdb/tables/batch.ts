import { rmSync } from 'node:fs'
import { UNENDED } from '@/lib/flow/reading/blob'
import type { FlowGroup } from '@/lib/flow/tuple/tuple'
import { BLOBS, GROUPS, READS, REJECTIONS } from '@/lib/store/schema'
import type { Batch } from '@/lib/store/store'
import { quote } from '../engine/values'
import { type Parts, partOf } from './parts'
import { MINUTES_FROM_SPOOL, SETTLED, type SpoolPart } from './tables'
import type { Writer } from './writer'

/** What a batch meets in the tables. */
interface Stored {
  /** Groups of the batch that are not stored yet. */
  groups: readonly FlowGroup[]
  has(blob: number): boolean
}

/** Stores a batch in one transaction and returns its parts. Removes its files if that fails. */
export async function writeBatch(writer: Writer, parts: Parts, batch: Batch, stored: Stored): Promise<SpoolPart[]> {
  const added = batch.parts.map(partOf)
  const minutes = batch.parts.flatMap((part) => part.minutes ?? [])
  const gone = batch.forget.filter(stored.has)
  const replaced = [...new Set([...gone, ...batch.blobs.map(({ id }) => id)])].filter(stored.has)
  const grown = batch.pieces.filter(({ blob }) => stored.has(blob)).map(({ blob, from }) => `(${blob}, ${from})`)
  try {
    await writer.transact(async () => {
      if (gone.length > 0) {
        for (const { name } of [...SETTLED, { name: 'minutes' }, READS, REJECTIONS])
          await writer.run(`delete from ${name} where blob in (${gone.join(', ')})`)
      }
      if (replaced.length > 0) {
        await writer.run(`delete from blobs where id in (${replaced.join(', ')})`)
        const unended = UNENDED.map(quote).join(', ')
        await writer.run(`delete from rejections where reason in (${unended}) and blob in (${replaced.join(', ')})`)
      }
      if (grown.length > 0) await writer.run(`delete from reads where (blob, from_byte) in (${grown.join(', ')})`)
      await parts.write(added)
      if (minutes.length > 0)
        await writer.run(`insert into minutes ${MINUTES_FROM_SPOOL} from read_parquet([${minutes.map(quote).join(', ')}])`)
      await writer.insert(GROUPS, stored.groups)
      await writer.insert(BLOBS, batch.blobs)
      await writer.insert(READS, batch.pieces)
      await writer.insert(REJECTIONS, batch.rejections)
    })
    return added
  } catch (error) {
    for (const { file } of batch.parts) rmSync(file, { force: true })
    throw error
  } finally {
    for (const file of minutes) rmSync(file, { force: true })
  }
}
