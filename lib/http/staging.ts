import 'server-only'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'

/** Folder in the data directory for files that are made whole before they are sent. */
const FOLDER = 'staging'

/** A new folder, of this user alone, for one export. */
export async function makeStaging(dataDir: string): Promise<string> {
  await mkdir(join(dataDir, FOLDER), { recursive: true, mode: 0o700 })
  return mkdtemp(join(dataDir, FOLDER, 'export-'))
}

/** Removes what a process that was killed left behind. Nobody else may be using the data directory. */
export function clearStaging(dataDir: string): Promise<void> {
  return rm(join(dataDir, FOLDER), { recursive: true, force: true })
}
