import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { noteClock } from './clock'
import { type Manner, manner, request } from './request'

const never = new AbortController().signal

let server: Server
let url: string
let now: number
let manners: Manner
let tries: number

beforeEach(async () => {
  server = createServer((_, response) => response.end('yes')).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/container`
  now = 1_700_000_000_000
  tries = 0
  manners = manner({ pace: { tries: 3, base: 1, cap: 1, deadline: 10_000, stall: 10_000 }, now: () => now })
})

afterEach(() => stop())

const stop = () => new Promise((resolve) => server.close(resolve))

function refused(): Error {
  return Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' })
}

function ask(attempt: () => Promise<string>): Promise<string> {
  return request(url, manners, never, () => {
    tries++
    return attempt()
  })
}

const inVain = () => ask(() => Promise.reject(refused()))

async function answered(): Promise<string> {
  noteClock(url, new Date().toUTCString())
  return 'yes'
}

test('a storage that sent nothing at all is not tried by the requests of the next seconds, and then once', async () => {
  await expect(inVain()).rejects.toMatchObject({ kind: 'source', message: expect.stringContaining('nothing listens') })
  expect(tries).toBe(3)
  for (let i = 0; i < 100; i++) await expect(inVain()).rejects.toMatchObject({ message: expect.stringContaining('nothing listens') })
  expect(tries).toBe(3)
  now += 3000
  await expect(inVain()).rejects.toThrow()
  expect(tries).toBe(4)
})

test('only one request tries it at a time, and the first answer ends that', async () => {
  await expect(inVain()).rejects.toThrow()
  now += 3000
  let answer!: () => void
  const first = ask(async () => {
    await new Promise<void>((resolve) => {
      answer = resolve
    })
    return answered()
  })
  await expect(inVain()).rejects.toThrow()
  expect(tries).toBe(4)
  answer()
  expect(await first).toBe('yes')
  await expect(inVain()).rejects.toThrow()
  expect(tries).toBe(7)
})

test('a storage that refuses, or answers other requests meanwhile, is tried as before', async () => {
  const busy = () => ask(() => answered().then(() => Promise.reject(Object.assign(new Error('busy'), { statusCode: 503 }))))
  for (let i = 0; i < 2; i++) await expect(busy()).rejects.toMatchObject({ kind: 'source' })
  expect(tries).toBe(6)
  const cut = () => ask(() => answered().then(() => Promise.reject(Object.assign(new Error('reset'), { code: 'ECONNRESET' }))))
  for (let i = 0; i < 2; i++) await expect(cut()).rejects.toMatchObject({ kind: 'source' })
  expect(tries).toBe(12)
})
