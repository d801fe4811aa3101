import type { Blob, LogExtent } from '@/lib/flow/reading/blob'
import { extentsOf } from '@/lib/source/model/extents'
import type { Slices } from '@/lib/source/wait/slices'
import type { FoundFile, Walk } from './walk'

/** Maximum number of ranges of hours whose blobs are remembered. */
const MOST_ASKED = 32

/**
 * A file as a blob by its path, and the same file as a loose file if its records are of another hour: null if they are not, undefined before it was examined.
 */
interface Listed {
  blob: Blob
  stray: Blob | null | undefined
}

/** The blobs of a walk by the hours of their paths. Facts about an unchanged file are taken from the previous listing. */
export class FolderListing {
  private readonly listed = new Map<FoundFile, Listed>()
  private readonly hours = new Map<number, Blob[]>()
  private readonly loose: Blob[] = []
  /** Files of each hour that have not been examined. */
  private readonly unseen = new Map<number, Listed[]>()
  private known: LogExtent[] | null = null
  /** Results of `within`, by its hours. */
  private readonly asked = new Map<string, Blob[]>()

  constructor(
    readonly root: string,
    readonly walk: Walk,
    blobOf: (found: FoundFile) => Blob,
    before: FolderListing | null,
  ) {
    for (const found of walk.files) {
      const known = before?.root === root ? before.listed.get(found) : undefined
      const one = known ?? { blob: blobOf(found), stray: undefined }
      this.listed.set(found, one)
      const { hour } = one.blob
      if (hour === null) this.loose.push(one.blob)
      else if (one.stray) this.loose.push(one.stray)
      else {
        put(this.hours, hour, one.blob)
        if (one.stray === undefined) put(this.unseen, hour, one)
      }
    }
  }

  /** Returns loose files, then blobs of the hours first..last: the same array until something changes. */
  within({ first, last }: { first: number; last: number }): Blob[] {
    const key = `${first} ${last}`
    const known = this.asked.get(key)
    if (known !== undefined) return known
    const found = [...this.loose]
    for (const [hour, blobs] of this.hours) if (hour >= first && hour <= last) for (const blob of blobs) found.push(blob)
    if (this.asked.size >= MOST_ASKED) this.asked.clear()
    this.asked.set(key, found)
    return found
  }

  get extents(): LogExtent[] {
    this.known ??= extentsOf([...this.hours.values()].flat())
    return this.known
  }

  /** Examines the files of those hours, each version once. If `isStray`, records are of a different hour than the path, and the file counts as loose. */
  async look(isAsked: (hour: number) => boolean, isStray: (blob: Blob) => boolean, slices: Slices): Promise<void> {
    for (const [hour, files] of [...this.unseen]) {
      if (!isAsked(hour)) continue
      for (const one of files) {
        if (slices.isOver()) await slices.pass()
        if (one.stray === undefined) one.stray = isStray(one.blob) ? { ...one.blob, hour: null } : null
        if (one.stray) this.move(one.blob, one.stray)
      }
      this.unseen.delete(hour)
    }
  }

  private move(blob: Blob, stray: Blob): void {
    const blobs = this.hours.get(blob.hour!) ?? []
    const at = blobs.indexOf(blob)
    if (at < 0) return
    blobs.splice(at, 1)
    if (blobs.length === 0) this.hours.delete(blob.hour!)
    this.loose.push(stray)
    this.known = null
    this.asked.clear()
  }
}

function put<T>(map: Map<number, T[]>, key: number, value: T): void {
  const values = map.get(key)
  if (values === undefined) map.set(key, [value])
  else values.push(value)
}
