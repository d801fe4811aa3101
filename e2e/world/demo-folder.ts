import { cp } from 'node:fs/promises'
import { sharedByRun } from '../../scripts/tests/shared'
import { temporaryFolder } from './server'

export interface WrittenFolder {
  folder: string
  bytes: number
}

/** Copies the demo's data, which the run writes once, to a folder that exists until `remove`. */
export async function demoFolder(): Promise<WrittenFolder & { remove(): Promise<void> }> {
  const written = (await sharedByRun<WrittenFolder>('folder'))!
  const { folder, remove } = await temporaryFolder()
  await cp(written.folder, folder, { recursive: true })
  return { ...written, folder, remove }
}
