import type { ChildProcess } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { bareEnvironment, listening } from '../../scripts/app/app'
import { SERVER } from '../../scripts/app/standalone'
import { untilHealthy } from '../../scripts/app/until-healthy'
import { start, stop } from '../../scripts/process/child'
import { freePort } from '../../scripts/process/port'

export interface App {
  /** Without a slash at the end. */
  url: string
  child: ChildProcess
  /** Returns everything that it has printed. */
  said(): string
  stop(): Promise<void>
}

/** Creates a folder that exists until `remove`. */
export async function temporaryFolder(): Promise<{ folder: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'flowlens-'))
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) }
}

type Settings = Record<string, string>

/**
 * Serves the built app with only these settings, on a free port and with its own data folder; resolves when it answers. Settings may depend on the app's
 * address and its data folder.
 */
export async function startApp(settings: Settings | ((url: string, folder: string) => Promise<Settings>)): Promise<App> {
  const port = await freePort()
  const data = await temporaryFolder()
  const url = `http://127.0.0.1:${port}`
  const chosen = typeof settings === 'function' ? await settings(url, data.folder) : settings
  const child = start(process.execPath, [SERVER], {
    env: { ...listening(bareEnvironment(), { host: '127.0.0.1', port }), FLOWLENS_DATA_DIR: data.folder, ...chosen },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const said: string[] = []
  for (const out of [child.stdout, child.stderr]) out?.on('data', (text: Buffer) => said.push(text.toString()))
  const app = {
    url,
    child,
    said: () => said.join(''),
    async stop() {
      await stop(child)
      await data.remove()
    },
  }
  try {
    await untilHealthy(child, url)
  } catch (error) {
    await app.stop()
    throw error
  }
  return app
}
