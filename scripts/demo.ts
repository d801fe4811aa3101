import { rm } from 'node:fs/promises'
import path from 'node:path'
import { addressOf, bareEnvironment, build, listening, needsBuild } from './app'
import { exitOf, start } from './child'
import { installClickhouse } from './clickhouse/install'
import { type Clickhouse, startClickhouse } from './clickhouse/start'
import { startAzurite } from './demo/azurite'
import { lookAt } from './demo/look-at'
import { demoOptions, USAGE } from './demo/options'
import { servePersonalStorage, WHO_READS } from './demo/personal-storage'
import { signInAs } from './demo/sign-in-as'
import { DemoAccount, type Uploaded } from './demo/upload'
import { writeFolder } from './demo/write-folder'
import { serveStandIn } from './entra/serve'
import { mustBeFree } from './port'
import { runMain } from './run-main'
import { SERVER } from './standalone'
import { untilHealthy } from './until-healthy'

const begun = Date.now()
/** Exit codes of a server that was asked to end, by SIGINT and SIGTERM. */
const STOPPED = [0, 130, 143]

function say(line: string): void {
  console.log(`${String(Math.round((Date.now() - begun) / 1000)).padStart(3)} s  ${line}`)
}

function amount({ tuples, bytes, blobs }: Uploaded): string {
  return `${tuples.toLocaleString('en')} tuples, ${(bytes / 1e6).toFixed(0)} MB in ${blobs} blobs`
}

async function built(): Promise<void> {
  if (!needsBuild()) return
  say('Building the dashboard')
  await build()
  say('The dashboard is built')
}

async function filled(account: DemoAccount): Promise<void> {
  let next = Date.now() + 5_000
  const done = await account.uploadHistory((sofar) => {
    if (Date.now() < next) return
    next += 5_000
    say(`Uploading a day of flow logs: ${amount(sofar)}`)
  })
  say(`Uploaded ${amount(done)}`)
}

async function engineIn(folder: string): Promise<Clickhouse> {
  await installClickhouse()
  say('Starting ClickHouse')
  return startClickhouse(folder)
}

async function main(): Promise<void> {
  const options = demoOptions(process.argv.slice(2), process.env, Date.now())
  if (!options) return console.log(USAGE)
  const { listen, spec, live, clickhouse, signIn, to } = options
  if (to) {
    const { files, tuples, bytes } = await writeFolder(to, spec)
    return console.log(`${tuples.toLocaleString('en')} tuples, ${(bytes / 1e6).toFixed(0)} MB in ${files} files below ${to}`)
  }
  await mustBeFree(listen.port, listen.host)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(0))
  const data = path.resolve('.demo', String(listen.port))
  await rm(data, { recursive: true, force: true })

  say('Starting the storage emulator')
  const azurite = await startAzurite()
  const account = new DemoAccount(azurite.connectionString, spec)
  const [engine] = await Promise.all([clickhouse ? engineIn(path.join(data, 'clickhouse')) : null, built(), filled(account)])

  const address = addressOf(listen)
  const entra = signIn ? await serveStandIn(address, data) : null
  const personal = entra ? await servePersonalStorage(azurite, entra.environment.NODE_EXTRA_CA_CERTS!) : null
  const storage = { ...(personal ? {} : { AZURE_STORAGE_CONNECTION_STRING: azurite.connectionString }), CLICKHOUSE_URL: engine?.url ?? '' }
  const server = start(process.execPath, [SERVER], {
    env: { ...listening(bareEnvironment(), listen), ...storage, ...entra?.environment, ...personal?.environment, FLOWLENS_DATA_DIR: data },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const ended = exitOf(server).then((code) => {
    if (code !== null && !STOPPED.includes(code)) throw new Error(`the server ended with code ${code}`)
    process.exit(0)
  })
  await Promise.race([untilHealthy(server, address), ended])

  say(`Ready: ${address}\n`)
  if (entra) for (const line of [...signInAs(entra.standIn), `${WHO_READS}\n`]) console.log(`  ${line}`)
  for (const line of lookAt(address, spec.now)) console.log(`  ${line}`)
  console.log(live ? '\nA block a minute keeps coming. Ctrl-C ends everything.' : '\nCtrl-C ends everything.')
  await Promise.race([ended, ...(live ? [account.keepAppending()] : [])])
}

runMain(main)
