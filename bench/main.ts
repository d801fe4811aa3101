import { fork } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import path from 'node:path'
import { build } from 'esbuild'
import { exitOf } from '../scripts/process/child'
import { runMain } from '../scripts/process/run-main'

/** Below node_modules, so that dependencies outside the bundle are found. */
const CACHE = path.resolve('node_modules')
const EMPTY = path.resolve('node_modules/server-only/empty.js')

/**
 * Bundles the benchmark and the parse thread like a build of the app, and runs the bundle. A loader that compiles modules one by one turns every
 * imported constant into a getter, which slows hot loops down.
 */
async function main(): Promise<void> {
  const outdir = mkdtempSync(path.join(CACHE, '.flowlens-bench-'))
  process.on('exit', () => rmSync(outdir, { recursive: true, force: true }))
  await build({
    entryPoints: { bench: 'bench/bench.ts', worker: 'lib/ingest/threads/worker/worker.ts' },
    outdir,
    bundle: true,
    splitting: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    outExtension: { '.js': '.mjs' },
    packages: 'external',
    alias: { 'server-only': EMPTY },
    sourcemap: 'inline',
    logLevel: 'warning',
  })
  const child = fork(path.join(outdir, 'bench.mjs'), process.argv.slice(2), {
    execArgv: ['--enable-source-maps'],
    stdio: 'inherit',
  })
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal))
  process.exitCode = (await exitOf(child)) ?? 1
}

runMain(main)
