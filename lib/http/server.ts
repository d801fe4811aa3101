import 'server-only'
import { join } from 'node:path'
import { serverCredential } from '@/lib/auth/credential'
import { type BasisRecord, basisRecordSchema } from '@/lib/flow/evidence-answer'
import { INVESTIGATION_ID, type KeptInvestigation, keptInvestigation } from '@/lib/flow/investigation'
import { PROOF } from '@/lib/flow/proof'
import { openPersonalRoads, openRoad } from '@/lib/ingest/open'
import type { PersonalRoads } from '@/lib/ingest/personal'
import type { Road } from '@/lib/ingest/road'
import { warnOfExpiry } from './expiring'
import { JsonFolder } from './json-folder'
import { log } from './log'
import { Memo } from './memo'
import { Pace } from './pace'
import { settings } from './settings'
import { clearStaging } from './staging'

export interface Server {
  /** What everybody sees; a route that knows who asks gets that person's, see `roadOf`. */
  road: Road
  /** Null where everybody sees the same. */
  personal: PersonalRoads | null
  memo: Memo
  pace: Pace
  /** Bytes: who asked to be asked is asked before more than this is read. */
  askAbove: number
  /** What links rested on when they were made, by proof. */
  evidence: JsonFolder<BasisRecord>
  investigations: JsonFolder<KeptInvestigation>
  /** Absolute. */
  dataDir: string
}

/** Module instances are not single in Next.js: what must exist once hangs on globalThis. */
const HOME = Symbol.for('flowlens.server')
const home = globalThis as { [HOME]?: Promise<Server> }

/** What is kept besides what can be read again. */
export function openFolders(dataDir: string): Pick<Server, 'evidence' | 'investigations'> {
  return {
    evidence: new JsonFolder(join(dataDir, 'evidence'), PROOF, basisRecordSchema),
    investigations: new JsonFolder(join(dataDir, 'investigations'), INVESTIGATION_ID, keptInvestigation),
  }
}

async function start(): Promise<Server> {
  const config = settings()
  const road = await openRoad({ ...config, tokens: serverCredential(config) }, (message) => log().warn(message))
  warnOfExpiry(road)
  await clearStaging(config.dataDir)
  const { askAbove, dataDir } = config
  const personal = openPersonalRoads(config, road)
  return { road, personal, memo: new Memo(), pace: new Pace(), askAbove, dataDir, ...openFolders(dataDir) }
}

/** The server, when it has been asked for. */
export function opened(): Promise<Server> | null {
  return home[HOME] ?? null
}

/** The one server of this process, opened at the first request. A failed start is tried again by the next one. */
export function server(): Promise<Server> {
  home[HOME] ??= start().catch((error: unknown) => {
    delete home[HOME]
    throw error
  })
  return home[HOME]
}
