import { readConfig } from '@/lib/config'
import { refuseOpenDoor } from '@/lib/config/loopback'
import { Problem } from '@/lib/flow/problem'
import { addressOf, hasBuild, listenFrom, nextEnvironment, serveArguments } from './app'
import { exitOf, start } from './child'
import { mustBeFree } from './port'
import { runMain } from './run-main'

async function main(): Promise<void> {
  if (!hasBuild()) throw new Problem('config', 'There is no build yet. Make one with: npm run build')
  const listen = listenFrom(process.env)
  refuseOpenDoor(listen.host, readConfig(process.env))
  await mustBeFree(listen.port, listen.host)
  console.log(`Flowlens on ${addressOf(listen)}`)
  const server = start(process.execPath, [...serveArguments(listen), ...process.argv.slice(2)], {
    env: nextEnvironment(),
    stdio: 'inherit',
  })
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => server.kill(signal))
  process.exitCode = (await exitOf(server)) ?? 0
}

runMain(main)
