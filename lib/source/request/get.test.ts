import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { AnonymousCredential, StorageSharedKeyCredential } from '@azure/storage-blob'
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { seedOfRun } from '@/scripts/tests/seed'
import { connect } from './client'
import { sharedKey } from './shared-key'

const never = new AbortController().signal
const KEY = new StorageSharedKeyCredential('account', Buffer.from('a key').toString('base64'))

let url: string
const asked: IncomingMessage[] = []
let answer: (response: ServerResponse) => void
const server = createServer((request, response) => {
  asked.push(request)
  answer(response)
})
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/account`
})
afterAll(async () => {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})
beforeEach(() => {
  asked.length = 0
  answer = (response) => response.end('bytes')
})

describe('a GET of a blob', () => {
  it('asks for the URL that the library would ask for, whatever the name', async () => {
    const names = fc
      .array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 }), { minLength: 1, maxLength: 4 })
      .filter((parts) => !parts.some((part) => part === '.' || part === '..'))
    await fc.assert(
      fc.asyncProperty(names, fc.boolean(), async (parts, isSigned) => {
        const name = parts.join('/')
        const { client, get } = connect(isSigned ? `${url}?sv=2025-01-05&sig=a%2Bb%3D` : url, new AnonymousCredential())('box')
        for await (const _ of await get(name, {}, never));
        const { pathname, search } = new URL(client.getBlobClient(name).url)
        expect(asked.pop()!.url).toBe(pathname + search)
      }),
      { seed: seedOfRun(), numRuns: 200 },
    )
  })

  it('is signed with a key as the library signs it', async () => {
    const headers = { 'if-match': '"0x8D"', 'x-ms-range': 'bytes=0-9', 'x-ms-version': '2021-12-02', 'x-ms-client-request-id': 'an id' }
    const path = '/account/box/a%20b/PT1H.json'
    const ours = await sharedKey(KEY)(path, headers, never)
    const all = new Map(Object.entries(headers))
    const listed = () => [...all].map(([name, value]) => ({ name, value }))
    const policy = KEY.create({ sendRequest: async (request) => ({ request }) as never }, {} as never)
    const request = {
      method: 'GET',
      url: `https://host${path}`,
      headers: {
        get: (name: string) => all.get(name.toLowerCase()),
        set: (name: string, value: string) => all.set(name.toLowerCase(), value),
        headersArray: listed,
      },
    }
    // Both clocks must show the same second.
    for (let tries = 0; tries < 5 && all.get('x-ms-date') !== ours['x-ms-date']; tries++) {
      Object.assign(ours, await sharedKey(KEY)(path, headers, never))
      for (const name of ['x-ms-date', 'authorization']) all.delete(name)
      await policy.sendRequest(request as never)
    }
    expect(all.get('x-ms-date')).toBe(ours['x-ms-date'])
    expect(all.get('authorization')).toBe(ours.authorization)
  })

  it.each([301, 307, 401, 403, 412, 500])('that is answered with %i is a refusal, and nothing else is asked', async (status) => {
    answer = (response) =>
      response.writeHead(status, { location: `${url}/elsewhere`, 'x-ms-error-code': 'Said' }).end('<Message>why</Message>')
    const { get } = connect(`${url}?sig=secret`, new AnonymousCredential())('box')
    const refused = get('name', {}, never)
    await expect(refused).rejects.toMatchObject({ statusCode: status, code: 'Said', response: { bodyAsText: '<Message>why</Message>' } })
    await expect(refused).rejects.not.toThrow('secret')
    expect(asked.length).toBe(1)
  })

  it('sends a token over https only', async () => {
    const { get } = connect(url, { getToken: async () => ({ token: 'a token', expiresOnTimestamp: Number.MAX_SAFE_INTEGER }) })('box')
    await expect(get('name', {}, never)).rejects.toMatchObject({ kind: 'denied' })
    expect(asked).toEqual([])
  })

  it('ends when it is cancelled, before the answer and within it', async () => {
    const { get } = connect(url, new AnonymousCredential())('box')
    answer = () => stop.abort()
    let stop = new AbortController()
    await expect(get('name', {}, stop.signal)).rejects.toMatchObject({ kind: 'cancelled' })
    answer = (response) => response.write('some')
    stop = new AbortController()
    const response = await get('name', {}, stop.signal)
    await expect(
      (async () => {
        for await (const _ of response) stop.abort()
      })(),
    ).rejects.toThrow('aborted')
  })
})
