import type { BlobServiceClient } from '@azure/storage-blob'
import { Problem } from '@/lib/flow/problem'
import { parsePath } from '@/lib/source/model/path'
import { type Manner, request } from '@/lib/source/request/request'
import { Gate } from '@/lib/source/wait/gate'
import { AzureLister } from './list'

/** Maximum number of containers to examine; the others are named in a problem. */
const MOST = 200
const WIDTH = 8
const NAMES = 5000

/** Azure's own containers: `$logs`, `$web`, and logs and metrics of other services. */
const SYSTEM = /^\$|^insights-(?:logs|metrics)-(?!.*flow)/
const OTHER_RESOURCE = /(?:^|\/)resourceId=\/(?!.*\/NETWORKSECURITYGROUPS\/)/i

/** Further containers with flow logs, and a problem for each container that could not be examined. */
export interface Others {
  containers: string[]
  problems: Problem[]
}

/**
 * Finds the account's containers, besides the `known` ones, whose first page of names shows the path of a flow log's hour or `PT1H.json`. Needs one request for
 * the list, and one for each container. A container that cannot be listed becomes a problem and does not affect the others.
 */
export async function otherContainers(
  account: string,
  service: BlobServiceClient,
  known: readonly string[],
  manner: Manner,
  signal: AbortSignal,
): Promise<Others> {
  const others: Others = { containers: [], problems: [] }
  const names = await told(others, account, 'only the containers that Azure writes flow logs to are read', signal, () =>
    namesOf(account, service, manner, signal),
  )
  const asked = (names ?? []).filter((name) => !known.includes(name) && !SYSTEM.test(name))
  if (asked.length > MOST) {
    const message = `${account} has ${asked.length - MOST} more containers that are not looked into: name a container that holds flow logs as ${account}/CONTAINER`
    others.problems.push(new Problem('source', message, { where: account }))
  }
  const gate = new Gate(WIDTH)
  await Promise.all(
    asked.slice(0, MOST).map((name) =>
      gate.pass(signal, async () => {
        const subject = `${account}/${name}`
        const lister = new AzureLister(subject, () => service.getContainerClient(name), manner)
        const page = await told(others, subject, 'whether it holds flow logs is not known', signal, () => lister.page('', signal))
        if (page?.items.some((item) => isFlowLog(item.name))) others.containers.push(name)
      }),
    ),
  )
  others.containers.sort()
  return others
}

function isFlowLog(name: string): boolean {
  return !OTHER_RESOURCE.test(name) && (parsePath(name) !== null || /(?:^|\/)PT1H\.json/i.test(name))
}

async function namesOf(account: string, service: BlobServiceClient, manner: Manner, signal: AbortSignal): Promise<string[]> {
  const names: string[] = []
  let token: string | undefined
  do {
    const page = await request(account, manner, signal, async (abortSignal) => {
      return (await service.listContainers({ abortSignal }).byPage({ continuationToken: token, maxPageSize: NAMES }).next()).value
    })
    names.push(...(page?.containerItems ?? []).map(({ name }: { name: string }) => name))
    token = page?.continuationToken || undefined
  } while (token !== undefined)
  return names
}

async function told<T>(others: Others, subject: string, so: string, signal: AbortSignal, work: () => Promise<T>): Promise<T | null> {
  try {
    return await work()
  } catch (error) {
    if (signal.aborted || !(error instanceof Problem) || error.kind === 'signin') throw error
    const reason = error.message.startsWith(subject) ? error.message.slice(subject.length + 1) : error.message
    others.problems.push(new Problem(error.kind, `${subject} ${reason}: ${so}`, { where: subject }))
    return null
  }
}
