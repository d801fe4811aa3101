import { mkdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { build, needsBuild } from './app/app'
import { installClickhouse } from './clickhouse/install'
import { hasClickhouse } from './clickhouse/start'
import { run } from './process/child'
import { runMain } from './process/run-main'
import { findOrInstallChromium, NO_CHROMIUM } from './tests/chromium'
import { FAILED, failures, fromPlaywright, fromVitest, NOTHING, readReport, slowest, type TestReport } from './tests/report'

const RESULTS = path.resolve('test-results')
const VITEST = path.join(RESULTS, 'vitest.json')
const PLAYWRIGHT = path.join(RESULTS, 'playwright.json')

function heading(text: string): void {
  console.log(`\n— ${text}\n`)
}

async function check(): Promise<TestReport> {
  heading('Format, types, layering, dead code')
  return (await run('npm', ['run', '--silent', 'check'])) === 0 ? { ...NOTHING, passed: 1 } : FAILED
}

/** Builds the app, which the proofs need like the browser tests. */
async function dashboard(): Promise<TestReport> {
  if (!needsBuild()) return NOTHING
  heading('Building the dashboard')
  await build()
  return { ...NOTHING, passed: 1 }
}

/** Runs Vitest with these projects, or with all if none are given. */
async function vitest(title: string, projects: readonly string[], more: readonly string[]): Promise<TestReport> {
  heading(title)
  if (process.env.CI === 'true') await installClickhouse()
  if (!hasClickhouse()) console.log('ClickHouse is not installed (npm run clickhouse:install, 540 MB): tests run on DuckDB alone\n')
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${VITEST}`]
  const args = ['run', ...reporters, ...projects.map((name) => `--project=${name}`), ...more]
  return readReport(VITEST, await run(process.execPath, ['node_modules/vitest/vitest.mjs', ...args]), fromVitest)
}

async function browser(more: readonly string[]): Promise<TestReport> {
  heading('Browser tests')
  const chromium = await findOrInstallChromium()
  if (!chromium) {
    console.error(NO_CHROMIUM)
    return FAILED
  }
  console.log(`Chromium: ${chromium}`)
  const code = await run(process.execPath, ['node_modules/@playwright/test/cli.js', 'test', '--reporter=list,json', ...more], {
    env: { ...process.env, PLAYWRIGHT_CHROMIUM_PATH: chromium, PLAYWRIGHT_JSON_OUTPUT_FILE: PLAYWRIGHT },
  })
  return readReport(PLAYWRIGHT, code, fromPlaywright)
}

type Part = (more: readonly string[]) => Promise<TestReport>

/** The parts of each kind of run, in order, by the word on the command line. Words after it are passed to Vitest or Playwright. */
const RUNS: Readonly<Record<string, readonly Part[]>> = {
  all: [check, dashboard, (more) => vitest('Unit tests, component tests and proofs', [], more), browser],
  unit: [(more) => vitest('Unit and component tests', ['plain', 'unit', 'components'], more)],
  proofs: [dashboard, (more) => vitest('Proofs', ['proofs'], more)],
  e2e: [dashboard, browser],
}

async function main(): Promise<void> {
  const [name = 'all', ...more] = process.argv.slice(2)
  const parts = RUNS[name]
  if (!parts) throw new Error(`There are no tests called ${name}; expected one of ${Object.keys(RUNS).join(', ')}`)
  await rm(RESULTS, { recursive: true, force: true })
  await mkdir(RESULTS, { recursive: true })
  const reports: TestReport[] = []
  for (const part of parts) {
    reports.push(
      await part(more).catch((error: unknown) => {
        console.error(error instanceof Error ? error.message : error)
        return FAILED
      }),
    )
  }
  const tests = reports.flatMap((report) => report.tests)
  for (const list of [slowest(tests), failures(tests)]) if (list !== '') console.log(`\n${list}`)
  const sum = (of: (report: TestReport) => number) => reports.reduce((total, report) => total + of(report), 0)
  const failed = sum((report) => report.failed)
  console.log(`\n${sum(({ passed }) => passed)} passed, ${failed} failed`)
  process.exitCode = failed === 0 ? 0 : 1
}

runMain(main)
