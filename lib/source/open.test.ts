import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { Problem } from '@/lib/flow/problem'
import { openConnectionString, openSource } from './open'
import { AZURITE_KEY, connectionStringFor } from './test/azurite'

const never = new AbortController().signal
const SAS = 'sv=2024-11-04&sp=rl&se=2030-01-01&sig=c2VjcmV0'

function refusal(work: () => unknown): Problem {
  try {
    work()
  } catch (error) {
    if (error instanceof Problem) return error
    throw error
  }
  throw new Error('no Problem')
}

describe('openSource', () => {
  test.each([
    [`https://account.blob.core.windows.net?${SAS}`, 'https://account.blob.core.windows.net', 'account'],
    [`https://account.blob.core.windows.net/?${SAS}`, 'https://account.blob.core.windows.net', 'account'],
    [`https://account.blob.core.windows.net/box?${SAS}`, 'https://account.blob.core.windows.net/box', 'account/box'],
    ['https://account.blob.core.usgovcloudapi.net/box/', 'https://account.blob.core.usgovcloudapi.net/box', 'account/box'],
    ['HTTPS://ACCOUNT.blob.core.chinacloudapi.cn', 'https://account.blob.core.chinacloudapi.cn', 'account'],
  ])('%s is the account', (place, id, name) => {
    expect(openSource(place)).toMatchObject({ kind: 'azure', id, name })
  })

  test('takes anything else as a folder, with its absolute path', () => {
    expect(openSource('some/folder/')).toMatchObject({ kind: 'folder', id: resolve('some/folder'), name: 'folder' })
    expect(openSource('/')).toMatchObject({ kind: 'folder', id: '/', name: '/' })
  })

  test.each([
    `http://account.blob.core.windows.net?${SAS}`,
    `https://account.blob.core.windows.net:8443?${SAS}`,
    `https://user:c2VjcmV0@account.blob.core.windows.net?${SAS}`,
    `https://account.blob.core.windows.net.evil.example?${SAS}`,
    `https://evil.example/account.blob.core.windows.net?${SAS}`,
    `https://a.b.blob.core.windows.net?${SAS}`,
    `https://account.blob.core.windows.net/box/y=2025?${SAS}`,
    `https://account.blob.core.windows.net/Box?${SAS}`,
    `https://account.blob.core.windows.net?sv=2024-11-04`,
    `https://account.blob.core.windows.net#${SAS}`,
    `https://?${SAS}`,
    `wasbs://box@account.blob.core.windows.net?${SAS}`,
    's3://bucket',
    connectionStringFor(10_000),
    `BlobEndpoint=https://account.blob.core.windows.net;SharedAccessSignature=${SAS}`,
    '',
    'a\0b',
  ])('%s is refused without its secret', (place) => {
    const problem = refusal(() => openSource(place))
    expect(problem.kind).toBe('config')
    expect(problem.message).toMatch(/^FLOWLENS_SOURCES: ./)
    for (const secret of ['c2VjcmV0', AZURITE_KEY]) expect(problem.message).not.toContain(secret)
  })

  test('an account without SAS says what it lacks, at its first use', async () => {
    const source = openSource('https://account.blob.core.windows.net')
    const denied = {
      kind: 'denied',
      message: expect.stringMatching(/^https:\/\/account\.blob\.core\.windows\.net needs a credential: add a SAS/),
    }
    await expect(source.extents(never)).rejects.toMatchObject(denied)
    await expect(source.list({ first: 0, last: 1 }, never)).rejects.toMatchObject(denied)
  })
})

test('an operator may name other hosts, and only whole accounts below them', () => {
  const suffixes = ['blob.storage.example']
  expect(openSource('https://account.blob.storage.example', { suffixes })).toMatchObject({ name: 'account' })
  for (const place of ['https://account.blob.storage.example', 'https://blob.storage.example', 'https://a.b.blob.storage.example'])
    expect(refusal(() => openSource(place, place.startsWith('https://account') ? {} : { suffixes })).kind).toBe('config')
})

test('uses the credential only for an account without SAS', async () => {
  let asked = 0
  const credential = {
    getToken: async () => {
      asked++
      throw new Problem('signin', 'Session is over')
    },
  }
  const soon = AbortSignal.timeout(50)
  await expect(openSource('https://account.blob.core.windows.net', { credential }).extents(never)).rejects.toMatchObject({ kind: 'signin' })
  expect(asked).toBeGreaterThan(0)
  asked = 0
  await openSource(`https://account.blob.core.windows.net?${SAS}`, { credential })
    .extents(soon)
    .catch(() => null)
  expect(asked).toBe(0)
})

describe('openConnectionString', () => {
  test.each([
    [connectionStringFor(10_000), 'http://127.0.0.1:10000/devstoreaccount1', 'devstoreaccount1'],
    ['UseDevelopmentStorage=true', 'http://127.0.0.1:10000/devstoreaccount1', 'devstoreaccount1'],
    [
      `DefaultEndpointsProtocol=https;AccountName=account;AccountKey=${AZURITE_KEY};EndpointSuffix=core.windows.net`,
      'https://account.blob.core.windows.net',
      'account',
    ],
    [
      `BlobEndpoint=https://account.blob.core.windows.net/;SharedAccessSignature=${SAS}`,
      'https://account.blob.core.windows.net',
      'account',
    ],
  ])('%s', (text, id, name) => {
    expect(openConnectionString(text)).toMatchObject({ kind: 'azure', id, name })
  })

  test.each([
    '',
    'nonsense',
    'AccountName=account;AccountKey=c2VjcmV0',
    `SharedAccessSignature=${SAS}`,
    'AccountName=a;AccountKey=;BlobEndpoint=x',
  ])('refuses %s without repeating it', (text) => {
    const problem = refusal(() => openConnectionString(text))
    expect(problem.kind).toBe('config')
    expect(problem.cause).toBeUndefined()
    expect(problem.message).toMatch(/^AZURE_STORAGE_CONNECTION_STRING is no connection string/)
    expect(problem.message).not.toContain('c2VjcmV0')
  })
})
