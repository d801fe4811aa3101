import { existsSync } from 'node:fs'
import { readConfig } from '@/lib/config'
import { refuseOpenDoor } from '@/lib/config/loopback'
import { Problem } from '@/lib/flow/problem'
import { addressOf, listenFrom, listening, nextEnvironment } from './app'
import { exitOf, start } from './child'
import { mustBeFree } from './port'
import { runMain } from './run-main'
import { isAssembled, SERVER } from './standalone'

/** As Next.js reads them: what the environment or an earlier one sets, stays. */
const FILES = ['.env.production.local', '.env.local', '.env.production', '.env']

/** @throws Problem `config` that lists every mistake of the environment, or says that it would let everybody in. */
function mustBeUsable(host: string): void {
  try {
    refuseOpenDoor(host, readConfig(process.env))
  } catch (cause) {
    throw new Problem('config', cause instanceof Error ? cause.message : String(cause), { cause })
  }
}

async function main(): Promise<void> {
  if (!isAssembled()) throw new Problem('config', 'There is no build yet. Make one with: npm run build')
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
