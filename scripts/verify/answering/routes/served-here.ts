import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pino from 'pino'
import type { ContextFiles } from '@/lib/context/files'
import { contextOf, serve } from '@/lib/http/test/serve'
import { settle } from '@/lib/http/test/settle'
import { Road } from '@/lib/ingest/road/road'
import { startHere } from '@/lib/ingest/test/here'
import type { MemorySource } from '@/lib/ingest/test/memory-source'
import { writeContextFiles } from '@/lib/query/test/naive/context'
import { type Engine, openStore } from '@/lib/store/test/engines'

const LOG = Symbol.for('flowlens.log')

/** The routes of a server in this process, on one engine. Several of them alternate. */
export class ServedHere {
  private constructor(
    readonly engine: Engine,
    private readonly road: Road,
    private readonly dir: string,
    /** Context of addresses for the naive answers. */
    private readonly context: ContextFiles,
  ) {}

  static async open(engine: Engine, source: MemorySource): Promise<ServedHere> {
    const dir = mkdtempSync(join(tmpdir(), 'flowlens-routes-'))
    const road = new Road(await openStore(engine, dir), [source], { threads: 1, start: startHere })
    return new ServedHere(engine, road, dir, contextOf([writeContextFiles(dir)]))
  }

  /** Makes this server answer the following requests. */
  use(): void {
    settle()
    ;(globalThis as { [LOG]?: unknown })[LOG] = pino({ level: 'silent' })
    serve(this.road, Number.MAX_SAFE_INTEGER, this.dir, this.context)
  }

  /** Makes new blobs visible at once. */
  refresh(): void {
    this.road.refresh()
  }

  async close(): Promise<void> {
    this.context.close()
    await this.road.close()
    rmSync(this.dir, { recursive: true, force: true })
  }
}
