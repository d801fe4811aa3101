import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { chromium } from '@playwright/test'
import { run } from '../process/child'

/** Without a browser's own windows, pages cost a third less. */
const HEADLESS = 'chromium-headless-shell'
const NAMES = [HEADLESS, 'chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge']
const DOWNLOAD_LIMIT = 240_000

/** A downloaded browser may lack system libraries. */
function works(file: string): boolean {
  return existsSync(file) && spawnSync(file, ['--version'], { stdio: 'ignore', timeout: 20_000 }).status === 0
}

/** An installed Chromium: named by the environment, downloaded by Playwright, or on the PATH. */
export function findChromium(env: NodeJS.ProcessEnv = process.env): string | null {
  const named = [env.PLAYWRIGHT_CHROMIUM_PATH, env.CHROME].flatMap((file) => file || [])
  const onPath = NAMES.flatMap((name) => (env.PATH ?? '').split(delimiter).map((folder) => join(folder, name)))
  return [...named, chromium.executablePath(), ...onPath].find(works) ?? null
}

/** A Chromium, installed if necessary: Playwright's own download, else Debian's package when we are root. Null when neither works. */
export async function findOrInstallChromium(): Promise<string | null> {
  const here = findChromium()
  if (here) return here
  console.log('No working Chromium found; downloading the one of Playwright.')
  await run(process.execPath, ['node_modules/@playwright/test/cli.js', 'install', '--no-shell', 'chromium'], { timeout: DOWNLOAD_LIMIT })
  const downloaded = findChromium()
  if (downloaded || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return downloaded
  console.log('The download does not work; installing a package.')
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  await run('apt-get', ['update'], { env })
  for (const name of [HEADLESS, 'chromium']) {
    if ((await run('apt-get', ['install', '--yes', '--no-install-recommends', name], { env })) === 0) break
  }
  return findChromium()
}

export const NO_CHROMIUM = `The browser tests need a Chromium, and none was found or could be installed. One of these helps:
  npx playwright install --with-deps chromium
  apt-get install chromium-headless-shell (Debian, as root)
  PLAYWRIGHT_CHROMIUM_PATH=/path/to/chromium npm test`
