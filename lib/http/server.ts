import 'server-only'
import { join } from 'node:path'
import pino, { type Logger } from 'pino'
import { serverCredential } from '@/lib/auth/credential'
import { readConfig } from '@/lib/config'
import { type BasisRecord, basisRecordSchema } from '@/lib/flow/evidence-answer'
import { INVESTIGATION_ID, type Investigation, investigationSchema } from '@/lib/flow/investigation'
import { Problem } from '@/lib/flow/problem'
import { PROOF } from '@/lib/flow/proof'
import { openRoad } from '@/lib/ingest/open'
import type { Road } from '@/lib/ingest/road'
import { JsonFolder } from './json-folder'
import { Memo } from './memo'
import { Pace } from './pace'
import { clearStaging } from './staging'

export interface Server {
  road: Road
  memo: Memo
  pace: Pace
  /** Bytes: who asked to be asked is asked before more than this is read. */
  askAbove: number
  /** What links rested on when they were made, by proof. */
  evidence: JsonFolder<BasisRecord>
  investigations: JsonFolder<Investigation>
  /** Absolute. */
  dataDir: string
  log: Logger
}

/** Module instances are not single in Next.js: what must exist once hangs on globalThis. */
const HOME = Symbol.for('flowlens.server')
const home = globalThis as { [HOME]?: Promise<Server> }

/** What is kept besides what can be read again. */
export function openFolders(dataDir: string): Pick<Server, 'evidence' | 'investigations'> {
  return {
    evidence: new JsonFolder(join(dataDir, 'evidence'), PROOF, basisRecordSchema),
    investigations: new JsonFolder(join(dataDir, 'investigations'), INVESTIGATION_ID, investigationSchema),
  }
}

async function start(): Promise<Server> {
  const log = pino({ name: 'flowlens', level: process.env.NODE_ENV === 'test' ? 'silent' : 'info' })
  let config: ReturnType<typeof readConfig>
  try {
    config = readConfig(process.env)
  } catch (error) {
    throw new Problem('config', error instanceof Error ? error.message : String(error), { cause: error })
  }
  const road = await openRoad({ ...config, tokens: serverCredential(config) }, (message) => log.warn(message))
  await clearStaging(config.dataDir)
  const { askAbove, dataDir } = config
  return { road, memo: new Memo(), pace: new Pace(), askAbove, dataDir, ...openFolders(dataDir), log }
}

/** The one server of this process, opened at the first request. A failed start is tried again by the next one. */
export function server(): Promise<Server> {
  home[HOME] ??= start().catch((error: unknown) => {
    delete home[HOME]
    throw error
  })
  return home[HOME]
}
