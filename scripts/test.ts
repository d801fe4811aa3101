import { mkdir, readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import { build, needsBuild } from './app'
import { run } from './child'
import { findOrInstallChromium, NO_CHROMIUM } from './chromium'
import { installClickhouse } from './clickhouse/install'
import { hasClickhouse } from './clickhouse/start'
import { runMain } from './run-main'

interface Score {
  passed: number
  failed: number
}

const RESULTS = path.resolve('test-results')
const UNIT = path.join(RESULTS, 'vitest.json')
const BROWSER = path.join(RESULTS, 'playwright.json')

function heading(text: string): void {
  console.log(`\n— ${text}\n`)
}

/** What a reporter counted; a run that left no report, or ended badly without a failed test, is one failure. */
async function scoreOf(file: string, code: number | null, count: (report: never) => Score): Promise<Score> {
  let score: Score
  try {
    score = count(JSON.parse(await readFile(file, 'utf8')) as never)
  } catch (error) {
    console.error(`No report in ${file}: ${error instanceof Error ? error.message : error}`)
    return { passed: 0, failed: 1 }
  }
  return code !== 0 && score.failed === 0 ? { ...score, failed: 1 } : score
}

async function check(): Promise<Score> {
  heading('Format, types, layering, dead code')
  return (await run('npm', ['run', '--silent', 'check'])) === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }
}

/** Some proofs among the unit tests need the built app, as the browser tests do. */
async function dashboard(): Promise<Score> {
  if (!needsBuild()) return { passed: 0, failed: 0 }
  heading('Building the dashboard')
  await build()
  return { passed: 1, failed: 0 }
}

async function unit(): Promise<Score> {
  heading('Unit tests and proofs')
  if (process.env.CI === 'true') await installClickhouse()
  if (!hasClickhouse()) console.log('ClickHouse is not installed (npm run clickhouse:install, 540 MB): tests run on DuckDB alone\n')
  const code = await run(process.execPath, [
    'node_modules/vitest/vitest.mjs',
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${UNIT}`,
  ])
  return scoreOf(
    UNIT,
    code,
    (report: { numPassedTests: number; numFailedTests: number; testResults: { status: string; assertionResults: unknown[] }[] }) => ({
      passed: report.numPassedTests,
      failed:
        report.numFailedTests + report.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0).length,
    }),
  )
}

async function browser(): Promise<Score> {
  heading('Browser tests')
  const chromium = await findOrInstallChromium()
  if (!chromium) {
    console.error(NO_CHROMIUM)
    return { passed: 0, failed: 1 }
  }
  console.log(`Chromium: ${chromium}`)
  const code = await run(process.execPath, ['node_modules/@playwright/test/cli.js', 'test', '--reporter=list,json'], {
    env: { ...process.env, PLAYWRIGHT_CHROMIUM_PATH: chromium, PLAYWRIGHT_JSON_OUTPUT_FILE: BROWSER },
  })
  return scoreOf(BROWSER, code, (report: { stats: { expected: number; unexpected: number; flaky: number } }) => ({
    passed: report.stats.expected,
    failed: report.stats.unexpected + report.stats.flaky,
  }))
}

async function main(): Promise<void> {
  await rm(RESULTS, { recursive: true, force: true })
  await mkdir(RESULTS, { recursive: true })
  const total: Score = { passed: 0, failed: 0 }
  for (const part of [check, dashboard, unit, browser]) {
    const score = await part().catch((error: unknown) => {
      console.error(error instanceof Error ? error.message : error)
      return { passed: 0, failed: 1 }
    })
    total.passed += score.passed
    total.failed += score.failed
  }
  console.log(`\n${total.passed} passed, ${total.failed} failed`)
  process.exitCode = total.failed === 0 ? 0 : 1
}

runMain(main)
