import { readdirSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { checksumOf } from '@/lib/store/spool/checksum'
import type { SpoolFile } from '@/lib/store/store'
import { messageOf } from '../engine/failure'
import { rowsOf } from '../engine/rows'
import type { Running } from '../engine/running'
import { quote } from '../engine/values'
import { createTuples, type SpoolPart, settle } from './tables'
import type { Writer } from './writer'

/** Parts are settled after this long without appends and queries. Milliseconds. */
const QUIET = 1000
/** The same if the last append announced more. Milliseconds. */
const MORE = 15_000
/** Number of times that settling is postponed because queries are running. */
const PATIENCE = 20
/** Rows that one transaction settles, so that an append does not wait long. */
const STEP_ROWS = 1_000_000
/** Maximum number of unsettled rows and parts; beyond that, they are settled before the next append. */
const MOST_ROWS = 32_000_000
const MOST_PARTS = 256

/** The spool files whose rows count and are not settled yet, and when they are moved into the tables. */
export class Parts {
  private parts: readonly SpoolPart[] = []
  /** Files that no longer count, until the queries that may still read them are over. */
  private readonly leaving = new Set<Promise<void>>()
  private quiet: NodeJS.Timeout | null = null

  constructor(
    private readonly spool: string,
    private readonly writer: Writer,
    /** Queries that may read the files. */
    private readonly asked: Running,
    private readonly warn: (message: string) => void,
  ) {}

  get isEmpty(): boolean {
    return this.parts.length === 0
  }

  get isFull(): boolean {
    return this.parts.length >= MOST_PARTS || this.parts.reduce((sum, { rows }) => sum + rows, 0) >= MOST_ROWS
  }

  get bytes(): number {
    return this.parts.reduce((sum, { bytes }) => sum + bytes, 0)
  }

  /** Loads the list from the engine. False if a file is missing or damaged. */
  async load(): Promise<boolean> {
    this.parts = await rowsOf<SpoolPart>(this.writer.connection, 'select * from parts')
    const known = new Set(this.parts.map(({ file }) => file))
    for (const file of readdirSync(this.spool)) if (!known.has(file)) rmSync(join(this.spool, file), { force: true })
    const found = await Promise.allSettled(this.parts.map(({ file }) => checksumOf(join(this.spool, file))))
    const sound = found.every((one, i) => {
      const { bytes, crc } = this.parts[i]!
      return one.status === 'fulfilled' && one.value.bytes === bytes && one.value.crc === crc
    })
    if (!sound) return false
    // The stored view names files by the old path of the data directory, and columns of the version that created it.
    await this.show(this.parts)
    if (!this.isEmpty) this.settleLater(QUIET)
    return true
  }

  /** Writes the list with these files added, in the transaction of the caller, who calls `add` once it is committed. */
  async write(parts: readonly SpoolPart[]): Promise<void> {
    if (parts.length === 0) return
    const values = parts.map(({ file, rolled, rows, bytes, crc }) => `(${quote(file)}, ${rolled}, ${rows}, ${bytes}, ${crc})`)
    await this.writer.run(`insert into parts values ${values.join(', ')}`)
    await this.show([...this.parts, ...parts])
  }

  /** `more` tells that more files will follow soon. */
  add(parts: readonly SpoolPart[], more: boolean): void {
    this.parts = [...this.parts, ...parts]
    this.settleLater(more ? MORE : QUIET)
  }

  /** Settles everything, and resolves when the files are gone. */
  async settle(): Promise<void> {
    while (!this.isEmpty) await this.writer.inTurn(() => this.settleSome())
    await Promise.all(this.leaving)
  }

  /** Moves some parts into the tables, oldest first. Must be called in turn. */
  async settleSome(): Promise<void> {
    const [first] = this.parts
    if (!first) return
    const some = [first]
    let rows = first.rows
    for (const part of this.parts.slice(1)) {
      rows += part.rows
      if (part.rolled !== first.rolled || rows > STEP_ROWS) break
      some.push(part)
    }
    const rest = this.parts.slice(some.length)
    await this.writer.transact(async () => {
      for (const statement of settle(some, this.parquet)) await this.writer.run(statement)
      await this.writer.run(`delete from parts where file in (${some.map(({ file }) => quote(file)).join(', ')})`)
      await this.show(rest)
    })
    this.parts = rest
    this.remove(some)
  }

  stop(): void {
    if (this.quiet) clearTimeout(this.quiet)
  }

  private show(parts: readonly SpoolPart[]): Promise<void> {
    return this.writer.run(createTuples(parts, this.parquet))
  }

  private readonly parquet = (parts: readonly SpoolPart[]): string =>
    `read_parquet([${parts.map(({ file }) => quote(join(this.spool, file))).join(', ')}])`

  private remove(parts: readonly SpoolPart[]): void {
    const left = this.asked.over().then(() => {
      for (const { file } of parts) rmSync(join(this.spool, file), { force: true })
      this.leaving.delete(left)
    })
    this.leaving.add(left)
  }

  private settleLater(delay: number, tries = 0): void {
    this.stop()
    this.quiet = setTimeout(() => {
      this.quiet = null
      if (this.isEmpty) return
      if (this.asked.size > 0 && tries < PATIENCE) return this.settleLater(QUIET / 4, tries + 1)
      this.writer
        .inTurn(() => this.settleSome())
        .then(
          () => this.quiet ?? this.settleLater(0),
          (error: unknown) => this.warn(messageOf(error)),
        )
    }, delay)
    this.quiet.unref()
  }
}

export function partOf({ file, minutes, ...rest }: SpoolFile): SpoolPart {
  return { file: basename(file), rolled: minutes !== null, ...rest }
}
