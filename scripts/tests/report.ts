import { readFile } from 'node:fs/promises'
import path from 'node:path'

export interface Score {
  passed: number
  failed: number
}

/** One test that ran. */
export interface Timed {
  name: string
  /** Milliseconds. */
  ms: number
}

export interface Report extends Score {
  tests: readonly Timed[]
}

export const NOTHING: Report = { passed: 0, failed: 0, tests: [] }
export const FAILED: Report = { passed: 0, failed: 1, tests: [] }

interface VitestReport {
  numPassedTests: number
  numFailedTests: number
  testResults: { name: string; status: string; assertionResults: { fullName: string; duration?: number | null }[] }[]
}

interface PlaywrightSuite {
  file: string
  specs: { title: string; tests: { results: { duration: number }[] }[] }[]
  suites?: PlaywrightSuite[]
}

interface PlaywrightReport {
  stats: { expected: number; unexpected: number; flaky: number }
  suites: PlaywrightSuite[]
}

/** What Vitest's JSON reporter wrote. A file that could not be loaded counts as a failed test. */
export function fromVitest({ numPassedTests, numFailedTests, testResults }: VitestReport): Report {
  const unloaded = testResults.filter(({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0)
  const tests = testResults.flatMap(({ name, assertionResults }) =>
    assertionResults.map(({ fullName, duration }) => ({ name: `${path.relative('', name)}: ${fullName}`, ms: duration ?? 0 })),
  )
  return { passed: numPassedTests, failed: numFailedTests + unloaded.length, tests }
}

function timedOf({ file, specs, suites = [] }: PlaywrightSuite): Timed[] {
  const own = specs.map(({ title, tests }) => ({
    name: `e2e/${file}: ${title}`,
    ms: tests.flatMap(({ results }) => results).reduce((sum, { duration }) => sum + duration, 0),
  }))
  return [...own, ...suites.flatMap(timedOf)]
}

/** What Playwright's JSON reporter wrote. A test that passed only when it was run again counts as failed. */
export function fromPlaywright({ stats: { expected, unexpected, flaky }, suites }: PlaywrightReport): Report {
  return { passed: expected, failed: unexpected + flaky, tests: suites.flatMap(timedOf) }
}

/** What a reporter wrote into a file. A run that left no report, or ended badly without a failed test, is one failure. */
export async function readReport<T>(file: string, code: number | null, read: (report: T) => Report): Promise<Report> {
  let report: Report
  try {
    report = read(JSON.parse(await readFile(file, 'utf8')) as T)
  } catch (error) {
    console.error(`No report in ${file}: ${error instanceof Error ? error.message : error}`)
    return FAILED
  }
  return code !== 0 && report.failed === 0 ? { ...report, failed: 1 } : report
}

const SLOWEST = 10

/** The tests that took longest, a line each; nothing where none was timed. */
export function slowest(tests: readonly Timed[]): string {
  const lines = [...tests]
    .sort((a, b) => b.ms - a.ms)
    .slice(0, SLOWEST)
    .map(({ name, ms }) => `${(ms / 1000).toFixed(1).padStart(7)} s  ${name.replaceAll(/\s+/g, ' ').slice(0, 140)}`)
  return lines.length === 0 ? '' : `The slowest tests:\n${lines.join('\n')}`
}
