import { strict as assert } from 'node:assert'
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import type { KeptWatch } from '@/lib/flow/answer/kept/watch'
import { HOUR } from '@/lib/flow/time/bucket'
import { openFolders } from '@/lib/http/server/server'
import { alertId } from '@/lib/http/watch/condition'
import { HOURLY } from '@/lib/http/watch/test/watched'
import type { Dice } from '@/lib/query/test/random'
import { DAY_START, hourBlob } from '../../world/hours'

const CHILD = path.resolve('scripts/verify/running/watches/child.ts')
const HOURS = 12
/** After the child is ready. Milliseconds. */
const LATEST = 400

/** Kills a process that watches, at any time, and lets another go on: each of its hours is taken, and twice only if the kill hit it. */
export async function killChild(folder: string, dice: Dice): Promise<void> {
  for (let i = 0; i < HOURS; i++) {
    const blob = hourBlob(i, 2, 60)
    const file = path.join(folder, 'evidence', blob.name)
    mkdirSync(path.dirname(file), { recursive: true })
    writeFileSync(file, `{"records":[${blob.records.join(',')}]}`)
  }
  const at = new Date(DAY_START).toISOString()
  const watch: KeptWatch = {
    id: 'aaaaaaaa',
    version: 1,
    title: 'hours',
    condition: { ...HOURLY, least: 61 },
    paused: false,
    owner: 'local',
    by: null,
    made: at,
    changed: at,
  }
  await openFolders(path.join(folder, 'kept')).watches.write(watch.id, watch)
  const taken = new Map<string, number>()
  const expected = Array.from({ length: HOURS }, (_, i) => alertId(watch.id, watch.condition, DAY_START + i * HOUR))
  const server = createServer(async (request, response) => {
    const { id } = JSON.parse(await text(request)) as { id: string }
    if (dice.chance(0.3)) return response.writeHead(500).end()
    taken.set(id, (taken.get(id) ?? 0) + 1)
    setTimeout(() => response.writeHead(200).end(), dice.below(10))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  const children: ChildProcess[] = []
  const begin = async () => {
    const child = fork(CHILD, [folder, url, String(DAY_START + HOURS * HOUR)], {
      execArgv: ['--conditions=react-server', '--import', 'tsx'],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    })
    children.push(child)
    const [what] = (await Promise.race([once(child, 'message'), once(child, 'exit')])) as [unknown]
    assert.equal(what, 'ready', 'the process that watches has ended by itself')
    return child
  }
  const end = async (child: ChildProcess) => {
    child.kill('SIGKILL')
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
  }
  try {
    const first = await begin()
    await new Promise((resolve) => setTimeout(resolve, dice.below(LATEST)))
    await end(first)
    const second = await begin()
    while (taken.size < HOURS && second.exitCode === null) await new Promise((resolve) => setTimeout(resolve, 20))
    await end(second)
    assert.deepEqual([...taken.keys()].sort(), expected.sort())
    const again = [...taken.values()].filter((times) => times > 1).length
    assert.ok(again <= 1, `${again} messages twice after a kill`)
  } finally {
    for (const child of children) await end(child)
    server.closeAllConnections()
    server.close()
  }
}
