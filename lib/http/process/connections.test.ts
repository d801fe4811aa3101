import { once } from 'node:events'
import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { expect, it } from 'vitest'
import { hangUp, learnServer } from './connections'

it('a stalled reader does not delay the shutdown of a server', async () => {
  learnServer()
  const server = createServer((_, response) => response.write(Buffer.alloc(64 * 2 ** 20))).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const reader = connect((server.address() as AddressInfo).port, '127.0.0.1')
  reader.on('error', () => {})
  reader.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n')
  await once(reader, 'readable')
  let closed = false
  const closing = new Promise<void>((resolve) => {
    server.close(() => {
      closed = true
      resolve()
    })
  })
  server.closeIdleConnections()
  await new Promise((resolve) => setTimeout(resolve, 100))
  expect(closed).toBe(false)
  hangUp()
  await closing
  reader.destroy()
})
