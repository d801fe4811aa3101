import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, it, vi } from 'vitest'
import { FAILED, failures, fromPlaywright, fromVitest, readReport, slowest } from './report'

it('counts the tests of Vitest, and a file that could not be loaded as one failure', () => {
  const report = fromVitest({
    numPassedTests: 2,
    numFailedTests: 1,
    testResults: [
      {
        name: path.resolve('lib/a.test.ts'),
        status: 'passed',
        assertionResults: [
          { fullName: 'adds', status: 'passed', duration: 12 },
          { fullName: 'skips', status: 'skipped' },
        ],
      },
      {
        name: path.resolve('lib/b.test.ts'),
        status: 'failed',
        assertionResults: [{ fullName: 'fails', status: 'failed', duration: 3000, failureMessages: ['expected 1'] }],
      },
      { name: path.resolve('lib/c.test.ts'), status: 'failed', message: 'no such module', assertionResults: [] },
    ],
  })
  expect(report).toMatchObject({ passed: 2, failed: 2 })
  expect(report.tests).toEqual([
    { name: 'lib/a.test.ts: adds', ms: 12 },
    { name: 'lib/a.test.ts: skips', ms: 0 },
    { name: 'lib/b.test.ts: fails', ms: 3000, failure: 'expected 1' },
    { name: 'lib/c.test.ts', ms: 0, failure: 'no such module' },
  ])
})

it('counts the tests of Playwright, one that passed only in a second try as failed, and sums its tries', () => {
  const results = [{ duration: 10, error: { message: 'not visible' } }, { duration: 5 }]
  const inner = { file: 'x.spec.ts', specs: [{ title: 'opens', tests: [{ status: 'flaky', results }] }] }
  const report = fromPlaywright({
    stats: { expected: 4, unexpected: 1, flaky: 2 },
    suites: [{ file: 'x.spec.ts', specs: [], suites: [inner] }],
  })
  expect(report).toEqual({ passed: 4, failed: 3, tests: [{ name: 'e2e/x.spec.ts: opens', ms: 15, failure: 'not visible' }] })
})

it('counts a run without a report, or with a bad exit code but no failed test, as a failure', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'flowlens-report-'))
  const said = vi.spyOn(console, 'error').mockReturnValue()
  try {
    const file = path.join(folder, 'vitest.json')
    expect(await readReport(file, 0, fromVitest)).toEqual(FAILED)
    expect(said).toHaveBeenCalledWith(expect.stringContaining(file))
    writeFileSync(file, JSON.stringify({ numPassedTests: 3, numFailedTests: 0, testResults: [] }))
    expect(await readReport(file, 1, fromVitest)).toEqual({ passed: 3, failed: 1, tests: [] })
    expect(await readReport(file, 0, fromVitest)).toEqual({ passed: 3, failed: 0, tests: [] })
  } finally {
    said.mockRestore()
    rmSync(folder, { recursive: true })
  }
})

it('lists the ten slowest tests, the slowest first', () => {
  const lines = slowest(Array.from({ length: 12 }, (_, i) => ({ name: `test ${i}`, ms: i * 1000 }))).split('\n')
  expect(lines).toHaveLength(11)
  expect(lines[1]).toBe('   11.0 s  test 11')
  expect(lines.at(-1)).toBe('    2.0 s  test 2')
  expect(slowest([])).toBe('')
})

it('lists the failed tests, each with the first lines of why', () => {
  const long = Array.from({ length: 20 }, (_, i) => `line ${i}`).join('\n')
  const lines = failures([
    { name: 'a: holds', ms: 1 },
    { name: 'b: does\nnot', ms: 1, failure: `\u001b[31m${long}\u001b[39m` },
  ]).split('\n')
  expect(lines.slice(0, 3)).toEqual(['The failed tests:', 'b: does not', '    line 0'])
  expect(lines).toHaveLength(14)
  expect(failures([{ name: 'a: holds', ms: 1 }])).toBe('')
})
