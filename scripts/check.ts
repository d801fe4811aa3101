import { readFileSync } from 'node:fs'
import { runQuietly } from './process/child'
import { runMain } from './process/run-main'

const PREFIX = 'check:'

/** Runs all checks of package.json at once, because most use one core, and shows their output one after the other. */
async function main(): Promise<void> {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> }
  const checks = Object.keys(scripts).filter((name) => name.startsWith(PREFIX))
  const started = checks.map((name) => runQuietly('/bin/sh', ['-c', scripts[name]!]))
  for (const [i, check] of started.entries()) {
    const { code, output } = await check
    console.log(`${checks[i]!.slice(PREFIX.length)}: ${code === 0 ? 'passed' : 'failed'}\n${output.trim()}\n`)
    if (code !== 0) process.exitCode = 1
  }
}

runMain(main)
