import { floorTo, HOUR, MINUTE } from '@/lib/flow/time/bucket'
import type { Road } from '@/lib/ingest/road/road'
import type { FromParser, ToParser } from '@/lib/ingest/threads/messages'
import type { ParseThread } from '@/lib/ingest/threads/worker/thread'
import { openConnectionString } from '@/lib/source/open'
import { poll } from '../../scripts/process/poll'
import { type HourBlob, hourBlob } from '../logs/blobs'
import { blobTuples } from '../logs/data'
import type { Bench, Result } from '../part'
import { amount, size } from '../report/figures'
import { commitMinutes, startAccount } from '../served/account'
import { openRoad, startBundled } from '../served/road'

/** Flushes that exist at the first query; one more follows. */
const THERE = 40
/** A listing of the running hour is cached for some seconds. */
const PATIENCE = 60_000

interface Parsed {
  bytes: number
  tuples: number
}

/** A parse thread that counts its input and output. */
function counting(parsed: Parsed): () => ParseThread {
  return () => {
    const thread = startBundled()
    const post = thread.postMessage.bind(thread)
    thread.postMessage = (message: ToParser, transfer?: readonly ArrayBuffer[]) => {
      if (message.kind === 'bytes') parsed.bytes += message.bytes.length
      post(message, transfer)
    }
    thread.on('message', (message: FromParser) => {
      if (message.kind === 'ended') parsed.tuples += message.state.tuples
    })
    return thread
  }
}

function tuplesIn(blob: HourBlob, minutes: number): number {
  return Math.floor((minutes * blob.tuples) / 60)
}

async function stored(road: Road, hour: number, signal: AbortSignal): Promise<number> {
  const survey = await road.survey({ from: hour - MINUTE, to: hour + HOUR }, signal)
  await road.fetch(survey, signal)
  const { tuples, complete, malformed, problems } = await road.coverage(survey)
  if (!complete || malformed > 0) throw new Error(`refresh: the answer is incomplete: ${JSON.stringify(problems).slice(0, 500)}`)
  return tuples
}

/** Measures what is read and parsed again when the current hour blob gains one block. */
export async function refresh(bench: Bench): Promise<Result[]> {
  const { options, workshop, say } = bench
  const hour = floorTo(Date.now(), HOUR)
  const blob = hourBlob('nsg', 0, hour, blobTuples(options.scale))
  const parsed: Parsed = { bytes: 0, tuples: 0 }
  const account = await startAccount()
  const road = await openRoad(workshop.fresh('data'), openConnectionString(account.connectionString), counting(parsed))
  try {
    const client = (await account.container(blob.container)).getBlockBlobClient(blob.name)
    await commitMinutes(client, blob, THERE)
    const { signal } = new AbortController()
    const before = await stored(road, hour, signal)
    if (before !== tuplesIn(blob, THERE)) throw new Error(`refresh: ${before} tuples of ${tuplesIn(blob, THERE)} at the first query`)
    const first = { ...parsed }
    await commitMinutes(client, blob, THERE + 1, THERE)
    account.proxy.take()
    const after = tuplesIn(blob, THERE + 1)
    await poll('The new block', async () => ((await stored(road, hour, signal)) === after ? true : null), PATIENCE, 500)
    const passed = account.proxy.take()
    const appended = blob.minutes[THERE]!.length + 1
    const ranges = passed.filter(({ range }) => range !== null)
    const data = ranges.reduce((sum, { bytes }) => sum + bytes, 0)
    const rest = passed.filter(({ range }) => range === null).reduce((sum, { bytes }) => sum + bytes, 0)
    const parsedAgain = parsed.tuples - first.tuples
    for (const { method, url, bytes, range } of passed)
      say(`${method} ${url.split('?')[0]!.slice(-30)} ${range ?? url.split('?')[1]?.slice(0, 60) ?? ''}: ${size(bytes)}`)
    return [
      {
        part: 'refresh',
        measured: `hour blob of ${THERE} blocks (${size(first.bytes)}) gained one of ${size(appended)} and ${amount(after - before)} tuples`,
        reach: 'the block, listing and block list; its tuples only',
        got: `${size(data)} of blob in ${ranges.length} requests, ${size(rest)} of listings and block lists in ${passed.length - ranges.length}; ${amount(parsedAgain)} tuples parsed`,
        met: data <= appended + 2 && parsedAgain === after - before,
        bound: 'the closing `]}` is read again',
      },
    ]
  } finally {
    await road.close()
    await account.stop()
  }
}
