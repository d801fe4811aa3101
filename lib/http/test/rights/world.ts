import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ContextFiles } from '@/lib/context/files'
import { readHere } from '@/lib/context/test/here'
import { ReadingPace } from '@/lib/http/server/limits/pace'
import { AnswerMemo } from '@/lib/http/server/memo'
import { openFolders, type Server } from '@/lib/http/server/server'
import { PersonalRoads } from '@/lib/ingest/road/personal'
import { Road } from '@/lib/ingest/road/road'
import { startHere } from '@/lib/ingest/test/here'
import { MemorySource } from '@/lib/ingest/test/memory-source'
import type { Source } from '@/lib/source/model/source'
import { PermittedSource } from '@/lib/source/rights/permitted'
import { openDuckdb } from '@/lib/store/duckdb/duckdb'
import type { Account } from './account'

const HOME = Symbol.for('flowlens.server')

/** A server with its own store. */
export interface OneServer {
  server: Server
  /** The following requests go to this server. */
  use(): void
  close(): Promise<void>
}

async function oneServer(
  road: (dir: string) => Promise<Road>,
  personal: (road: Road) => PersonalRoads | null,
  context: readonly string[] = [],
): Promise<OneServer> {
  const dir = mkdtempSync(join(tmpdir(), 'flowlens-rights-'))
  const dataDir = join(dir, randomUUID())
  const opened = await road(join(dir, 'store'))
  const server: Server = {
    road: opened,
    personal: personal(opened),
    contextFiles: new ContextFiles(context, readHere, () => {}),
    memo: new AnswerMemo(),
    pace: new ReadingPace(),
    askAbove: Number.MAX_SAFE_INTEGER,
    dataDir,
    ...openFolders(dataDir),
  }
  return {
    server,
    use: () => {
      ;(globalThis as { [HOME]?: Promise<Server> })[HOME] = Promise.resolve(server)
    },
    close: async () => {
      server.contextFiles.close()
      await opened.close()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}

/**
 * A server that several people share, each with their own rights to one account; `context` are places of context files, `common` sources that everybody
 * sees the same.
 */
export function sharedServer(
  account: Account,
  { strict, now, expires }: { strict: boolean; now: () => number; expires: () => number },
  context: readonly string[] = [],
  common: readonly Source[] = [],
): Promise<OneServer> {
  return oneServer(
    async (dir) => new Road(await openDuckdb(dir), [account.blobs, ...common], { threads: 1, start: startHere, now }),
    (road) =>
      new PersonalRoads(
        road,
        (token) => [
          new PermittedSource(account.seenWith(token.credential), { strict, now, expires: () => Math.min(expires(), token.expires()) }),
          ...common,
        ],
        common,
        now,
      ),
    context,
  )
}

/** A server that has only ever had some blobs of the account, for one reader without sign-in: the reference answer. */
export function loneServer(account: Account, has: (name: string) => boolean, now: () => number): Promise<OneServer> {
  const blobs = account.blobs
  const own = new MemorySource(blobs.id)
  const some = () => new Map([...blobs.held].filter(([name]) => has(name)))
  const list = own.list.bind(own)
  const extents = own.extents.bind(own)
  const open = own.open.bind(own)
  const fill = () => {
    own.held.clear()
    for (const [name, held] of some()) own.held.set(name, held)
  }
  own.list = async (hours) => {
    fill()
    return list(hours)
  }
  own.extents = async () => {
    fill()
    return extents()
  }
  own.open = async (blob) => {
    fill()
    return open(blob)
  }
  return oneServer(
    async (dir) => new Road(await openDuckdb(dir), [own], { threads: 1, start: startHere, now }),
    () => null,
  )
}
