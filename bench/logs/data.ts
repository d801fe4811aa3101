import { linkSync, mkdirSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { DAY } from '@/lib/flow/time/bucket'
import type { FourAnswers } from '../answers'
import { answersOfDuckdb } from '../peers/duckdb'
import { DAY_START, dayBlob, textOf } from './blobs'
import type { Workshop } from './workshop'

/** Tuples of an hour blob at full scale: eight blobs hold a million. */
const BLOB_TUPLES = 125_000

/** A generated day of NSG flow logs in a folder, in the tree of a container. */
export interface Dataset {
  folder: string
  files: string[]
  tuples: number
  bytes: number
  from: number
  to: number
}

/** Generated days, each created once; larger ones share the files of smaller ones. */
export class BenchData {
  private readonly made = new Map<string, Dataset>()
  private readonly files = new Map<string, string>()
  private readonly truths = new Map<Dataset, Promise<FourAnswers>>()

  constructor(private readonly workshop: Workshop) {}

  day(blobs: number, tuples: number): Dataset {
    const key = `${blobs} × ${tuples}`
    const known = this.made.get(key)
    if (known) return known
    const folder = this.workshop.fresh('day')
    const data: Dataset = { folder, files: [], tuples: blobs * tuples, bytes: 0, from: DAY_START, to: DAY_START + DAY }
    for (let i = 0; i < blobs; i++) {
      const file = this.place(folder, i, tuples)
      data.files.push(file)
      data.bytes += statSync(file).size
    }
    this.made.set(key, data)
    return data
  }

  /** Returns the four answers of DuckDB on the same files. */
  truth(data: Dataset): Promise<FourAnswers> {
    const known = this.truths.get(data) ?? answersOfDuckdb(data, this.workshop)
    this.truths.set(data, known)
    return known
  }

  private place(folder: string, index: number, tuples: number): string {
    const key = `${index} ${tuples}`
    const known = this.files.get(key)
    if (known !== undefined) {
      const file = path.join(
        folder,
        known
          .slice(this.workshop.folder.length + 1)
          .split(path.sep)
          .slice(1)
          .join(path.sep),
      )
      mkdirSync(path.dirname(file), { recursive: true })
      linkSync(known, file)
      return file
    }
    const blob = dayBlob(index, tuples)
    const file = path.join(folder, blob.container, blob.name)
    mkdirSync(path.dirname(file), { recursive: true })
    writeFileSync(file, textOf(blob), 'latin1')
    this.files.set(key, file)
    return file
  }
}

/** Returns the number of tuples of a blob at a scale. */
export function blobTuples(scale: number): number {
  return Math.max(60, Math.round(BLOB_TUPLES * scale))
}
