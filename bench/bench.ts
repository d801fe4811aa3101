import { Problem } from '@/lib/flow/problem'
import { runMain } from '../scripts/process/run-main'
import { BenchData } from './logs/data'
import { makeWorkshop } from './logs/workshop'
import { type Options, type PartName, readOptions, USAGE } from './options'
import type { Bench, Part, Result } from './part'
import { alive } from './parts/alive'
import { cold } from './parts/cold'
import { context } from './parts/context'
import { far } from './parts/far'
import { findings } from './parts/findings'
import { growth } from './parts/growth'
import { lists } from './parts/lists'
import { map } from './parts/map'
import { memory } from './parts/memory'
import { month } from './parts/month'
import { quiet } from './parts/quiet'
import { refresh } from './parts/refresh'
import { scan } from './parts/scan'
import { scanner } from './parts/scanner'
import { scroll } from './parts/scroll'
import { shared } from './parts/shared'
import { storage } from './parts/storage'
import { warm } from './parts/warm'
import { printResults, writeResults } from './report/report'

const RUN: Readonly<Record<PartName, Part>> = {
  scan,
  cold,
  quiet,
  far,
  month,
  storage,
  warm,
  lists,
  scanner,
  context,
  findings,
  refresh,
  alive,
  memory,
  growth,
  scroll,
  map,
  shared,
}

async function runParts(options: Options): Promise<{ results: Result[]; broken: number }> {
  const workshop = makeWorkshop()
  const bench: Bench = { options, workshop, data: new BenchData(workshop), say: (line) => console.log(`  ${line}`) }
  const results: Result[] = []
  let broken = 0
  for (const part of options.parts) {
    console.log(`\n${part}`)
    try {
      results.push(...(await RUN[part](bench)))
    } catch (error) {
      broken++
      console.error(`  ${part} failed:`, error instanceof Problem ? error.message : error)
    }
  }
  return { results, broken }
}

async function main(): Promise<void> {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(130))
  const options = readOptions(process.argv.slice(2))
  if (!options) return console.log(USAGE)
  // Parse threads do not keep a process alive; a server's socket does.
  setInterval(() => {}, 60_000)
  const { results, broken } = await runParts(options)
  printResults(results)
  if (options.write && broken === 0) await writeResults(results)
  process.exit(broken === 0 ? 0 : 1)
}

runMain(main)
