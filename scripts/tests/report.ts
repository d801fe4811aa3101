import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { stripVTControlCharacters } from 'node:util'

export interface Score {
  passed: number
  failed: number
}

/** One test that ran. */
export interface RanTest {
  name: string
  /** Milliseconds. */
  ms: number
  /** Why it failed; undefined if it did not. */
  failure?: string | undefined
}

export interface TestReport extends Score {
  tests: readonly RanTest[]
}

export const NOTHING: TestReport = { passed: 0, failed: 0, tests: [] }
export const FAILED: TestReport = { passed: 0, failed: 1, tests: [] }

interface VitestReport {
  numPassedTests: number
  numFailedTests: number
  testResults: { name: string; status: string; message?: string; assertionResults: VitestAssertion[] }[]
}

interface VitestAssertion {
  fullName: string
  status: string
  duration?: number | null
  failureMessages?: string[]
}

interface PlaywrightTest {
  status: string
  results: { duration: number; error?: { message?: string } }[]
}

interface PlaywrightSuite {
  file: string
  specs: { title: string; tests: PlaywrightTest[] }[]
  suites?: PlaywrightSuite[]
}

interface PlaywrightReport {
  stats: { expected: number; unexpected: number; flaky: number }
  suites: PlaywrightSuite[]
}

/** Reads the report of Vitest's JSON reporter. A file that could not be loaded counts as a failed test. */
export function fromVitest({ numPassedTests, numFailedTests, testResults }: VitestReport): TestReport {
  const files = testResults.map((file) => ({ ...file, name: path.relative('', file.name) }))
  const unloaded = files
    .filter(({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0)
    .map(({ name, message }) => ({ name, ms: 0, failure: message || 'could not be loaded' }))
  const tests = files.flatMap(({ name, assertionResults }) =>
    assertionResults.map(({ fullName, status, duration, failureMessages = [] }) => ({
      name: `${name}: ${fullName}`,
      ms: duration ?? 0,
      ...(status === 'failed' && { failure: failureMessages.join('\n') }),
    })),
  )
  return { passed: numPassedTests, failed: numFailedTests + unloaded.length, tests: [...tests, ...unloaded] }
}

function ranOf({ file, specs, suites = [] }: PlaywrightSuite): RanTest[] {
  const own = specs.map(({ title, tests }) => {
    const results = tests.flatMap((test) => test.results)
    return {
      name: `e2e/${file}: ${title}`,
      ms: results.reduce((sum, { duration }) => sum + duration, 0),
      ...(tests.some(({ status }) => status === 'unexpected' || status === 'flaky') && {
        failure: results.flatMap(({ error }) => error?.message ?? []).join('\n'),
      }),
    }
  })
  return [...own, ...suites.flatMap(ranOf)]
}

/** Reads the report of Playwright's JSON reporter. A test that passed only in a second try counts as failed. */
export function fromPlaywright({ stats: { expected, unexpected, flaky }, suites }: PlaywrightReport): TestReport {
  return { passed: expected, failed: unexpected + flaky, tests: suites.flatMap(ranOf) }
}

/** Reads a report file. A run without a report, or with a bad exit code but no failed test, is one failure. */
export async function readReport<T>(file: string, code: number | null, read: (report: T) => TestReport): Promise<TestReport> {
  let report: TestReport
  try {
    report = read(JSON.parse(await readFile(file, 'utf8')) as T)
  } catch (error) {
    console.error(`No report in ${file}: ${error instanceof Error ? error.message : error}`)
    return FAILED
  }
  return code !== 0 && report.failed === 0 ? { ...report, failed: 1 } : report
}

const SLOWEST = 10
const FAILURE_LINES = 12

const onOneLine = (name: string) => name.replaceAll(/\s+/g, ' ').slice(0, 140)

/** Lists the failed tests, each with the first lines of why; empty if none failed. */
export function failures(tests: readonly RanTest[]): string {
  const listed = tests.flatMap(({ name, failure }) => {
    if (failure === undefined) return []
    const lines = stripVTControlCharacters(failure).split('\n').slice(0, FAILURE_LINES)
    return [onOneLine(name), ...lines.map((line) => `    ${line}`)]
  })
  return listed.length === 0 ? '' : `The failed tests:\n${listed.join('\n')}`
}

/** Lists the slowest tests, one line each; empty if no test was timed. */
export function slowest(tests: readonly RanTest[]): string {
  const lines = [...tests]
    .sort((a, b) => b.ms - a.ms)
    .slice(0, SLOWEST)
    .map(({ name, ms }) => `${(ms / 1000).toFixed(1).padStart(7)} s  ${onOneLine(name)}`)
  return lines.length === 0 ? '' : `The slowest tests:\n${lines.join('\n')}`
}
