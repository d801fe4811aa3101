import { readdirSync, readFileSync } from 'node:fs'
import { getPriority } from 'node:os'
import { expect, it } from 'vitest'
import { startParseThread } from '@/scripts/process/parse-thread'

/** Returns the niceness of every thread of this process, by its number. */
function niceness(): Map<number, number> {
  const threads = readdirSync('/proc/self/task').map(Number)
  return new Map(
    threads.map((thread) => {
      const stat = readFileSync(`/proc/self/task/${thread}/stat`, 'utf8')
      // The name of the thread, in parentheses, may contain spaces; the fields after it begin with the third.
      return [thread, Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[16])]
    }),
  )
}

it.runIf(process.platform === 'linux')('makes a parse thread nicer than the thread that answers', async () => {
  const before = niceness()
  const thread = startParseThread()
  try {
    await new Promise<void>((resolve) => {
      thread.on('message', () => resolve())
      thread.postMessage({ kind: 'files', files: [] })
    })
    const after = niceness()
    const nicer = [...after].filter(([one, nice]) => !before.has(one) && nice > getPriority(process.pid))
    expect(nicer).not.toEqual([])
    for (const [one, nice] of before) if (after.has(one)) expect(after.get(one)).toBe(nice)
  } finally {
    await thread.terminate()
  }
})
