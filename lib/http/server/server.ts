import 'server-only'
import { join } from 'node:path'
import { credentialFor, serverCredential } from '@/lib/auth/credential'
import type { Identity } from '@/lib/auth/identity'
import { ContextFiles } from '@/lib/context/files'
import { startReader } from '@/lib/context/thread/thread'
import { type BasisRecord, basisRecordSchema } from '@/lib/flow/answer/evidence'
import { INVESTIGATION_ID, type KeptInvestigation, keptInvestigation } from '@/lib/flow/answer/investigation'
import { PROOF } from '@/lib/flow/answer/proof'
import { Problem } from '@/lib/flow/problem'
import { JsonFolder } from '@/lib/http/folders/json-folder'
import { keepPrivate } from '@/lib/http/folders/private-folder'
import { clearStaging } from '@/lib/http/folders/staging'
import { log } from '@/lib/http/report/log'
import { openPersonalRoads, openRoad } from '@/lib/ingest/road/open'
import type { PersonalRoads } from '@/lib/ingest/road/personal'
import type { Road } from '@/lib/ingest/road/road'
import { warnOfExpiry } from './expiring'
import { keptInventory } from './inventory'
import { AnswerMemo } from './memo'
import { ReadingPace } from './pace'
import { settings } from './settings'

export interface Server {
  /** The road that everybody shares; routes that know the person get that person's road, see `roadOf`. */
  road: Road
  /** Null when everybody sees the same. */
  personal: PersonalRoads | null
  /** What people know about addresses. */
  contextFiles: ContextFiles
  memo: AnswerMemo
  pace: ReadingPace
  /** A page asks before it reads more than this. Bytes. */
  askAbove: number
  /** The basis of each copied link, by proof. */
  evidence: JsonFolder<BasisRecord>
  investigations: JsonFolder<KeptInvestigation>
  /** Absolute. */
  dataDir: string
}

/** Next.js may load a module several times, so single instances are kept on globalThis. */
const HOME = Symbol.for('flowlens.server')
const HEALING = Symbol.for('flowlens.server.healing')
const home = globalThis as { [HOME]?: Promise<Server>; [HEALING]?: Promise<void> }

/** Seconds after which an engine that is opened anew may answer. */
const RELIEF = 2

/** Data that cannot be read again from the sources. */
export function openFolders(dataDir: string): Pick<Server, 'evidence' | 'investigations'> {
  return {
    evidence: new JsonFolder(join(dataDir, 'evidence'), PROOF, basisRecordSchema),
    investigations: new JsonFolder(join(dataDir, 'investigations'), INVESTIGATION_ID, keptInvestigation),
  }
}

async function start(): Promise<Server> {
  const config = settings()
  await keepPrivate(config.dataDir, (message) => log().warn(message))
  const road = await openRoad({ ...config, tokens: serverCredential(config) }, (message) => log().warn(message))
  warnOfExpiry(road)
  await clearStaging(config.dataDir)
  const { askAbove, dataDir } = config
  const personal = openPersonalRoads(config, road)
  const warn = (message: string) => log().warn(message)
  const contextFiles = new ContextFiles(config.context, startReader, warn, keptInventory(config, warn))
  return { road, personal, contextFiles, memo: new AnswerMemo(), pace: new ReadingPace(), askAbove, dataDir, ...openFolders(dataDir) }
}

/** The server, if it has been opened. */
export function opened(): Promise<Server> | null {
  return home[HOME] ?? null
}

function open(): Promise<Server> {
  home[HOME] ??= start().catch((error: unknown) => {
    delete home[HOME]
    throw error
  })
  return home[HOME]
}

/** Closes what is broken, and opens it anew, empty: everything is read again from the sources. */
async function heal({ road, contextFiles, dataDir }: Server): Promise<void> {
  log().error({ dataDir }, 'data directory damaged or emptied: opening it anew, everything is read again')
  contextFiles.close()
  try {
    await road.close()
  } catch (error) {
    log().warn({ message: error instanceof Error ? error.message : String(error) }, 'the damaged data directory could not be closed')
  }
  delete home[HOME]
  await open()
}

/**
 * The server of this process, opened at the first request. After a failed start, the next request tries again; a store that is broken is opened anew.
 * @throws Problem `busy` meanwhile.
 */
export async function server(): Promise<Server> {
  if (home[HEALING] === undefined) {
    const one = await open()
    if (!one.road.store.isBroken) return one
    home[HEALING] ??= heal(one)
      .catch((error: unknown) => log().error({ message: error instanceof Error ? error.message : String(error) }, 'opening anew failed'))
      .finally(() => {
        delete home[HEALING]
      })
  }
  throw new Problem('busy', 'The data directory is damaged or was emptied, and is read anew: ask again', { retryAfter: RELIEF })
}

/** The road that shows what this person may read. @throws Problem `signin` when that depends on a person and nobody is signed in. */
export function roadOf({ road, personal }: Pick<Server, 'road' | 'personal'>, identity: Identity): Road {
  if (personal === null) return road
  if (identity.kind === 'local') throw new Problem('signin', 'Storage is read with the rights of each person: sign in first')
  return personal.of(identity.session, () => credentialFor(identity))
}
