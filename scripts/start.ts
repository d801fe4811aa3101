import { existsSync } from 'node:fs'
import { readConfig } from '@/lib/config'
import { refuseOpenDoor } from '@/lib/config/loopback'
import { Problem } from '@/lib/flow/problem'
import { addressOf, listenFrom, listening, nextEnvironment } from './app/app'
import { isAssembled, SERVER } from './app/standalone'
import { exitOf, start } from './process/child'
import { mustBeFree } from './process/port'
import { runMain } from './process/run-main'

/** Files of variables in the order of Next.js: variables that are already set, by the environment or an earlier file, stay. */
const FILES = ['.env.production.local', '.env.local', '.env.production', '.env']

/** @throws Problem `config` that lists every mistake of the environment, or says that the server would be open to everybody. */
function mustBeUsable(host: string): void {
  try {
    refuseOpenDoor(host, readConfig(process.env))
  } catch (cause) {
    throw new Problem('config', cause instanceof Error ? cause.message : String(cause), { cause })
  }
}

async function main(): Promise<void> {
  if (!isAssembled()) throw new Problem('config', 'There is no build yet. Create one with: npm run build')
  for (const file of FILES) if (existsSync(file)) process.loadEnvFile(file)
  const listen = listenFrom(process.env)
  mustBeUsable(listen.host)
  await mustBeFree(listen.port, listen.host)
  console.log(`Flowlens on ${addressOf(listen)}`)
  const server = start(process.execPath, [SERVER], { env: listening(nextEnvironment(), listen), stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => server.kill(signal))
  process.exitCode = (await exitOf(server)) ?? 0
}

runMain(main)
