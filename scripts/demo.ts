import { rm } from 'node:fs/promises'
import path from 'node:path'
import { addressOf, bareEnvironment, build, listening, needsBuild } from './app/app'
import { SERVER } from './app/standalone'
import { untilHealthy } from './app/until-healthy'
import { installClickhouse } from './clickhouse/install'
import { type Clickhouse, startClickhouse } from './clickhouse/start'
import { startAzurite } from './demo/azurite'
import { writeContext } from './demo/context'
import { lookAt } from './demo/look-at'
import { demoOptions, USAGE } from './demo/options'
import { DemoAccount, type Uploaded } from './demo/upload'
import { withPeople } from './demo/with-people'
import { writeFolder } from './demo/write-folder'
import { exitOf, start } from './process/child'
import { mustBeFree } from './process/port'
import { runMain } from './process/run-main'

const begun = Date.now()
/** Exit codes of a server that was terminated by SIGINT or SIGTERM. */
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
  const { listen, spec, live, clickhouse, context, signIn, to } = options
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
  const people = signIn ? await withPeople(address, data, azurite) : null
  const storage = people?.environment ?? { AZURE_STORAGE_CONNECTION_STRING: azurite.connectionString }
  const known = `${data}-context`
  if (context) await writeContext(known)
  const server = start(process.execPath, [SERVER], {
    env: {
      ...listening(bareEnvironment(), listen),
      ...storage,
      CLICKHOUSE_URL: engine?.url ?? '',
      FLOWLENS_CONTEXT: context ? `'${known}'` : '',
      FLOWLENS_DATA_DIR: data,
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const ended = exitOf(server).then((code) => {
    if (code !== null && !STOPPED.includes(code)) throw new Error(`the server ended with code ${code}`)
    process.exit(0)
  })
  await Promise.race([untilHealthy(server, address), ended])

  say(`Ready: ${address}\n`)
  for (const line of people?.told ?? []) console.log(`  ${line}`)
  for (const line of spec.calm ? [] : lookAt(address, spec.now)) console.log(`  ${line}`)
  console.log(live ? '\nOne block a minute is appended. Press Ctrl-C to stop.' : '\nPress Ctrl-C to stop.')
  await Promise.race([ended, ...(live ? [account.keepAppending()] : [])])
}

runMain(main)
