import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { afterEach, expect, it } from 'vitest'
import { boundConnections } from './callers'

let server: Server
const opened: Socket[] = []

async function serve(bounds: Parameters<typeof boundConnections>[2]): Promise<void> {
  server = createServer((_, response) => response.end('answered')).listen(0, '127.0.0.1')
  boundConnections(server, null, bounds)
  await once(server, 'listening')
}

afterEach(() => {
  for (const socket of opened.splice(0)) socket.destroy()
  server.closeAllConnections()
  server.close()
})

/** A connection on which `beginning` was sent. */
async function call(beginning = ''): Promise<Socket> {
  const taken = once(server, 'connection')
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
  opened.push(socket)
  socket.on('error', () => {})
  socket.resume()
  await taken
  if (beginning !== '') socket.write(beginning)
  return socket
}

async function isAnswered(socket: Socket): Promise<boolean> {
  socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n')
  return Promise.race([once(socket, 'data').then(() => true), once(socket, 'close').then(() => false)])
}

it('closes the connection that has been silent for longest where too many are, and none that asks', async () => {
  await serve({ silent: 3 })
  const [first, drips] = [await call(), await call('GET / HTTP/1.1\r\nX-a: a\r\n')]
  expect(await isAnswered(first)).toBe(true)
  const third = await call()
  const gone = once(drips, 'close')
  const fourth = await call()
  await gone
  expect(await Promise.all([first, third, fourth].map(isAnswered))).toEqual([true, true, true])
})

it('refuses connections beyond the most', async () => {
  await serve({ connections: 2 })
  const some = [await call(), await call()]
  const refused = connect((server.address() as AddressInfo).port, '127.0.0.1')
  opened.push(refused)
  refused.on('error', () => {})
  await once(refused.resume(), 'close')
  expect(await Promise.all(some.map(isAnswered))).toEqual([true, true])
})

it('closes those that have sent most of what they have not finished, if that is too much', async () => {
  await serve({ incomplete: 100_000 })
  const head = (length: number) => `GET / HTTP/1.1\r\nHost: localhost\r\nX-a: ${'a'.repeat(length)}`
  const asker = await call()
  // What a finished request has sent counts no more.
  asker.write(`${head(15_000)}\r\n\r\n`)
  await once(asker, 'data')
  const small = await call(head(14_000))
  const large = [await call(head(15_500)), await call(head(15_600)), await call(head(15_700))]
  const medium = [await call(head(15_000)), await call(head(15_100))]
  expect([asker, small, ...large, ...medium].every(({ destroyed }) => !destroyed)).toBe(true)
  const gone = once(large[2]!, 'close')
  medium.push(await call(head(15_200)))
  await gone
  expect(await isAnswered(asker)).toBe(true)
  small.write('\r\n\r\n')
  await once(small, 'data')
  expect(medium.map(({ destroyed }) => destroyed)).toEqual([false, false, false])
})
