import { type ClientRequest, request } from 'node:http'
import { connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Random } from '@/lib/parse/test/random'
import { longFilter } from '@/lib/query/test/long-filters'
import { Dice } from '@/lib/query/test/random'
import { coldQuestion, heavyQuestion } from '../load/questions'

/** The target of an attack, its end, and its random numbers. */
interface Attack {
  url: string
  random: Random
  stop: AbortSignal
}

/** Attacks a server until it is told to stop; answers are ignored. */
type Way = (attack: Attack) => Promise<void>

/** Fewer than one person's limit of simultaneous requests, so that others from the same address are not refused for that. */
const ASKERS = 24
/** Idle connections, which cost the attacker nothing. */
const CONNECTIONS = 400
/** Almost the longest head that the server takes. Characters. */
const LARGE_HEAD = 1_000_000
/** Time after which whoever does not read an answer leaves. Milliseconds. */
const STALLS = 1500

function crowd(count: number, stop: AbortSignal, one: () => Promise<void>): Promise<void> {
  const again = async () => {
    while (!stop.aborted) {
      try {
        await one()
      } catch {
        // Refused, cut or stopped.
      }
      await sleep(1)
    }
  }
  return Promise.all(Array.from({ length: count }, again)).then(() => {})
}

/** Resolves when a request or a connection is closed, which the end of the attack does at the latest. */
function closed(one: ClientRequest | Socket, stop: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const leave = () => one.destroy()
    stop.addEventListener('abort', leave, { once: true })
    one.on('error', () => {})
    one.on('close', () => {
      stop.removeEventListener('abort', leave)
      resolve()
    })
  })
}

/** Sends a request, reads its answer to the end, or does not read it at all, and leaves when its patience (milliseconds) or the attack ends. */
async function asks(
  { url, stop }: Attack,
  path: string,
  { patience, reads = true }: { patience?: number; reads?: boolean } = {},
): Promise<void> {
  const asked = request(url + path, (response) => (reads ? response.resume() : response.pause()))
  const timer = patience === undefined ? undefined : setTimeout(() => asked.destroy(), patience)
  asked.end()
  await closed(asked, stop)
  clearTimeout(timer)
}

function filtered({ random }: Attack): string {
  const [path = '', keys = ''] = coldQuestion(random).split('?')
  const question = new URLSearchParams(keys)
  question.set('q', longFilter(new Dice(random.below(2 ** 31))))
  if (random.chance(0.3)) question.set('once', '1')
  return `${path}?${question}`
}

/** Opens a connection, sends the beginning, and continues with `more` as long as it stays open. */
async function drips({ url, stop }: Attack, beginning: string, more: string): Promise<void> {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname, () => socket.write(beginning))
  const timer = setInterval(() => socket.write(more), 100)
  socket.resume()
  await closed(socket, stop)
  clearInterval(timer)
}

const BODY = 'POST /api/evidence HTTP/1.1\r\nHost: localhost\r\nOrigin: http://localhost\r\nContent-Type: application/json\r\n'

export const WAYS: Readonly<Record<string, Way>> = {
  filters: (attack) => crowd(ASKERS, attack.stop, () => asks(attack, filtered(attack))),
  'wide questions': (attack) => crowd(ASKERS, attack.stop, () => asks(attack, heavyQuestion(attack.random))),
  'who leaves': (attack) => crowd(ASKERS, attack.stop, () => asks(attack, filtered(attack), { patience: attack.random.below(300) })),
  'event streams': (attack) =>
    crowd(ASKERS, attack.stop, () => asks(attack, coldQuestion(attack.random).replace(/\/api\/\w+/, '/api/load'))),
  'exports that nobody reads': (attack) =>
    crowd(ASKERS, attack.stop, () => asks(attack, '/api/export?format=ndjson', { patience: STALLS, reads: false })),
  'bodies without end': (attack) =>
    crowd(ASKERS, attack.stop, () => drips(attack, `${BODY}Transfer-Encoding: chunked\r\n\r\n`, `10000\r\n${'{'.repeat(65_536)}\r\n`)),
  'heads without end': (attack) => crowd(CONNECTIONS, attack.stop, () => drips(attack, 'GET / HTTP/1.1\r\n', `X-${'a'.repeat(64)}: a\r\n`)),
  'large heads without end': (attack) =>
    crowd(CONNECTIONS, attack.stop, () => drips(attack, `GET / HTTP/1.1\r\nHost: localhost\r\nX-a: ${'a'.repeat(LARGE_HEAD)}`, 'a')),
}
