import 'server-only'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'

/** Folder in the data directory for files that are completed before they are sent. */
const FOLDER = 'staging'

/** Creates a folder for one export, accessible to this user only. */
export async function makeStaging(dataDir: string): Promise<string> {
  await mkdir(join(dataDir, FOLDER), { recursive: true, mode: 0o700 })
  return mkdtemp(join(dataDir, FOLDER, 'export-'))
}

/** Deletes the remains of a killed process. No other process may use the data directory. */
export function clearStaging(dataDir: string): Promise<void> {
  return rm(join(dataDir, FOLDER), { recursive: true, force: true })
}
