import 'server-only'
import { join } from 'node:path'
import { credentialFor, serverCredential } from '@/lib/auth/credential'
import type { Identity } from '@/lib/auth/identity'
import { ContextFiles } from '@/lib/context/files'
import { startReader } from '@/lib/context/thread/thread'
import { type BasisRecord, basisRecordSchema } from '@/lib/flow/answer/evidence/evidence'
import { type KeptInvestigation, keptInvestigation } from '@/lib/flow/answer/evidence/investigation'
import { ALERT_ID, type KeptAlert, type KeptDeliveries, keptAlert, keptDeliveries } from '@/lib/flow/answer/kept/alert'
import { type KeptMute, keptMute, MUTE_ID } from '@/lib/flow/answer/kept/mute'
import { type KeptList, type KeptView, keptList, keptView } from '@/lib/flow/answer/kept/saved'
import { type KeptWatch, keptWatch, type Round, roundSchema, WATCH_ID } from '@/lib/flow/answer/kept/watch'
import { PROOF } from '@/lib/flow/answer/proof'
import { SHELF_ID } from '@/lib/flow/answer/shelf'
import { Problem } from '@/lib/flow/problem'
import { JsonFolder } from '@/lib/http/folders/json-folder'
import { keepPrivate } from '@/lib/http/folders/private-folder'
import { clearStaging } from '@/lib/http/folders/staging'
import { log } from '@/lib/http/report/log'
import { ReadingPace } from '@/lib/http/server/limits/pace'
import { openPersonalRoads, openRoad } from '@/lib/ingest/road/open'
import type { PersonalRoads } from '@/lib/ingest/road/personal'
import type { Road } from '@/lib/ingest/road/road'
import { warnOfExpiry } from './expiring'
import { keptInventory } from './inventory'
import { AnswerMemo } from './memo'
import { settings } from './settings'

export interface Server {
  /** The road that everybody shares; routes that know the person get that person's road, see `roadOf`. */
  road: Road
  /** Null if all people see the same. */
  personal: PersonalRoads | null
  /** The context files about addresses. */
  contextFiles: ContextFiles
  memo: AnswerMemo
  pace: ReadingPace
  /** A page asks before it reads more than this. Bytes. */
  askAbove: number
  /** The basis of each copied link, by proof. */
  evidence: JsonFolder<BasisRecord>
  investigations: JsonFolder<KeptInvestigation>
  views: JsonFolder<KeptView>
  lists: JsonFolder<KeptList>
  /** Findings that people have muted. */
  mutes: JsonFolder<KeptMute>
  watches: JsonFolder<KeptWatch>
  /** The last round of each watch, by its id. */
  rounds: JsonFolder<Round>
  /** The alerts of all watches. */
  alerts: JsonFolder<KeptAlert>
  /** State of the deliveries of each alert, by its id. Only the instance that holds the lease of the watch writes it. */
  deliveries: JsonFolder<KeptDeliveries>
  /** Absolute. */
  dataDir: string
}

/** Next.js may load a module several times, so single instances are kept on globalThis. */
const HOME = Symbol.for('flowlens.server')
const HEALING = Symbol.for('flowlens.server.healing')
const home = globalThis as { [HOME]?: Promise<Server>; [HEALING]?: Promise<void> }

/** Seconds after which a reopened engine may answer. */
const RELIEF = 2

type Folders = Pick<Server, 'evidence' | 'investigations' | 'views' | 'lists' | 'mutes' | 'watches' | 'rounds' | 'alerts' | 'deliveries'>

/** Maximum number of alerts; the oldest are deleted, see `watch/forget.ts`. */
const ALERTS = 20_000

/** Most bytes of files that one request reads together, and of files that it reads one by one. */
const READ_TOGETHER = 16 * 2 ** 20
const READ_ONE_BY_ONE = 2 ** 30

/** Data that cannot be read again from the sources. */
export function openFolders(dataDir: string): Folders {
  return {
    evidence: new JsonFolder(join(dataDir, 'evidence'), PROOF, basisRecordSchema, { bytes: READ_ONE_BY_ONE }),
    investigations: new JsonFolder(join(dataDir, 'investigations'), SHELF_ID, keptInvestigation, { bytes: READ_ONE_BY_ONE }),
    views: new JsonFolder(join(dataDir, 'views'), SHELF_ID, keptView, { bytes: READ_TOGETHER }),
    lists: new JsonFolder(join(dataDir, 'lists'), SHELF_ID, keptList, { bytes: READ_TOGETHER }),
    mutes: new JsonFolder(join(dataDir, 'mutes'), MUTE_ID, keptMute, { bytes: READ_TOGETHER }),
    watches: new JsonFolder(join(dataDir, 'watches'), WATCH_ID, keptWatch),
    rounds: new JsonFolder(join(dataDir, 'rounds'), WATCH_ID, roundSchema),
    alerts: new JsonFolder(join(dataDir, 'alerts'), ALERT_ID, keptAlert, { files: ALERTS }),
    deliveries: new JsonFolder(join(dataDir, 'deliveries'), ALERT_ID, keptDeliveries, { files: ALERTS }),
  }
}

async function start(): Promise<Server> {
  const config = settings()
  await keepPrivate(config.dataDir, (message) => log().warn(message))
  const road = await openRoad({ ...config, tokens: serverCredential(config) }, (message) => log().warn(message))
  warnOfExpiry(road)
  await clearStaging(config.dataDir)
  const folders = openFolders(config.dataDir)
  for (const folder of Object.values(folders)) await folder.clear()
  const { askAbove, dataDir } = config
  const personal = openPersonalRoads(config, road)
  const warn = (message: string) => log().warn(message)
  const contextFiles = new ContextFiles(config.context, startReader, warn, keptInventory(config, warn))
  return { road, personal, contextFiles, memo: new AnswerMemo(), pace: new ReadingPace(), askAbove, dataDir, ...folders }
}

/** Returns the server, if it has been opened. */
export function opened(): Promise<Server> | null {
  return home[HOME] ?? null
}

function open(): Promise<Server> {
  home[HOME] ??= start().catch((error: unknown) => {
    delete home[HOME]
    if (error instanceof Problem) throw error
    throw new Problem('busy', 'Data directory cannot be used; the log of the server has the details', { cause: error, retryAfter: RELIEF })
  })
  return home[HOME]
}

/** Closes a broken server, and opens it again with an empty store: everything is read again from the sources. */
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
 * Returns the server of this process, opened at the first request. After a failed start, the next request tries again; a broken store is reopened.
 * @throws Problem `busy` in the meantime
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

/**
 * Returns the road with the blobs that this person may read.
 * @throws Problem `signin` if that depends on a person and nobody is signed in
 */
export function roadOf({ road, personal }: Pick<Server, 'road' | 'personal'>, identity: Identity): Road {
  if (personal === null) return road
  if (identity.kind === 'local') throw new Problem('signin', 'Storage is read with the rights of each person: sign in first')
  return personal.of(identity.session, () => credentialFor(identity))
}
