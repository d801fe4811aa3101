import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, it } from 'vitest'
import { get } from './browsers'

let server: Server

async function serve(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
  server = createServer(answer).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
}

afterEach(() => {
  server.closeAllConnections()
  server.close()
})

it('sends a request again whose connection was closed meanwhile', async () => {
  let requests = 0
  const url = await serve(({ socket }, response) => {
    requests++
    if (requests === 2) socket.destroy()
    else response.end('answered')
  })
  for (let i = 0; i < 2; i++) expect(await (await get(url, {})).text()).toBe('answered')
  expect(requests).toBe(3)
})

it('fails where every connection is closed', async () => {
  let requests = 0
  const url = await serve(({ socket }) => {
    requests++
    socket.destroy()
  })
  await expect(get(url, {})).rejects.toThrow('fetch failed')
  expect(requests).toBe(2)
})
