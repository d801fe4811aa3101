import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process'

const running = new Set<ChildProcess>()

function stopAll(): void {
  for (const child of running) child.kill('SIGKILL')
}

process.on('exit', stopAll)

/** Starts a program that ends with this one, however this one ends, unless it is killed. */
export function start(command: string, args: readonly string[], options: SpawnOptions = {}): ChildProcess {
  const child = spawn(command, args, options)
  running.add(child)
  child.once('exit', () => running.delete(child))
  return child
}

/** A program's exit code, or null when a signal ended it. Rejects when it cannot be started. */
export function exitOf(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve, reject) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve(child.exitCode)
    child.once('exit', resolve)
    child.once('error', reject)
  })
}

/** Terminates a program, and kills it after two seconds. */
export async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const insist = setTimeout(() => child.kill('SIGKILL'), 2_000)
  child.kill('SIGTERM')
  await exitOf(child)
  clearTimeout(insist)
}

/** Runs a program to its end, with its output on our terminal. */
export function run(command: string, args: readonly string[], options: SpawnOptions = {}): Promise<number | null> {
  return exitOf(start(command, args, { ...options, stdio: ['ignore', 'inherit', 'inherit'] }))
}

/** Runs a program without showing its output; returns the output with the exit code. */
export async function runQuietly(command: string, args: readonly string[], env: NodeJS.ProcessEnv = process.env) {
  const child = start(command, args, { env, stdio: ['ignore', 'pipe', 'pipe'] })
  const said: Buffer[] = []
  child.stdout?.on('data', (chunk: Buffer) => said.push(chunk))
  child.stderr?.on('data', (chunk: Buffer) => said.push(chunk))
  const code = await exitOf(child)
  return { code, output: Buffer.concat(said).toString() }
}
