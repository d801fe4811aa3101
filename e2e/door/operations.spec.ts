import { once } from 'node:events'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { createServer, type IncomingMessage, get as request } from 'node:http'
import path from 'node:path'
import { freePort } from '../../scripts/process/port'
import { expect, test } from '../world/apps'
import { demoFolder } from '../world/demo-folder'
import { type App, startApp, temporaryFolder } from '../world/server'

const DAY = 'from=2026-08-12&to=2026-08-14'
/** More than the buffers between server and reader hold, and little enough for a slow machine. */
const HOURS = 'from=2026-08-13T12:00:00Z&to=2026-08-14'

/** Starts a download that reads nothing until `rest` is called. */
async function download(url: string): Promise<{ response: IncomingMessage; rest(): Promise<{ text: string; whole: boolean }> }> {
  const [response] = (await once(request(url), 'response')) as [IncomingMessage]
  return {
    response,
    async rest() {
      let text = ''
      response.on('data', (chunk: Buffer) => {
        text += chunk.toString()
      })
      await new Promise<void>((resolve) => response.once('close', resolve).once('error', () => {}))
      return { text, whole: response.complete }
    },
  }
}

const statusOf = async (url: string) => (await fetch(url)).status

test('the server shuts down in order: finishes what it can, reports what it cannot, and accepts nothing new', async () => {
  const { folder, remove } = await demoFolder()
  const app = await startApp({ FLOWLENS_SOURCES: folder })
  try {
    expect(await statusOf(`${app.url}/api/health/live`)).toBe(204)
    expect(await statusOf(`${app.url}/api/health/ready`)).toBe(204)
    const { total } = (await (await fetch(`${app.url}/api/tuples?${HOURS}&limit=1`)).json()) as { total: number }
    const finishing = await download(`${app.url}/api/export?format=ndjson&${HOURS}`)
    const stalled = await download(`${app.url}/api/export?format=ndjson&${DAY}`)
    const ended = once(app.child, 'exit')
    app.child.kill('SIGTERM')
    await expect.poll(() => statusOf(`${app.url}/api/health/ready`)).toBe(503)
    expect(await statusOf(`${app.url}/api/health/live`)).toBe(204)
    const refused = await fetch(`${app.url}/api/logs`)
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '5'])
    const all = await finishing.rest()
    expect([all.whole, all.text.trimEnd().split('\n').length]).toEqual([true, total])
    await expect.poll(() => app.said()).toContain('ending running requests')
    const cut = await stalled.rest()
    expect(cut.whole).toBe(false)
    expect(JSON.parse(cut.text.trimEnd().split('\n').at(-1)!)).toMatchObject({ error: { kind: 'busy' } })
    const [code, signal] = await ended
    expect([code, signal]).toEqual([143, null])
    const lines = app
      .said()
      .split('\n')
      .flatMap((line) => (line.startsWith('{') ? [JSON.parse(line) as { route?: string; whole?: boolean; kind?: string }] : []))
    expect(lines.filter(({ route }) => route === 'export')).toEqual([
      expect.objectContaining({ whole: true }),
      expect.objectContaining({ whole: false, kind: 'busy' }),
    ])
  } finally {
    await app.stop()
    await remove()
  }
})

const SECRETS = {
  sas: 'CanarySas0001+slash/and=',
  key: Buffer.from('canary-account-key-0002').toString('base64'),
  metrics: 'canary-metrics-token-0003',
  session: 'canary-session-secret-0004-of-32-characters',
  client: 'canary-client-secret-0005',
  code: 'canary-authorization-code-0006',
}
const SPELLINGS = Object.values(SECRETS).flatMap((secret) => [secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64')])

const ASKED = [
  '/',
  '/explorer',
  '/nowhere',
  '/host/x',
  '/i/..',
  '/api/nowhere',
  '/api/health',
  '/api/health/ready',
  '/api/logs',
  '/api/metrics',
  '/api/plan',
  '/api/load',
  '/api/timeline',
  '/api/timeline?last=1h',
  '/api/timeline?q=(',
  '/api/timeline?x=1',
  '/api/coverage',
  '/api/holes',
  '/api/export?format=csv',
  '/api/export?format=ndjson&folder=1',
  '/api/manifest?hash=1',
  '/api/verify?pieces=1',
  '/api/evidence?proof=x',
  '/api/tuples/1-2/raw',
  '/api/investigations',
  '/api/investigations/aaaaaaaa/export',
  `/api/metrics?token=${SECRETS.metrics}`,
  '/api/auth/login?returnTo=//evil.example',
  `/api/auth/callback?code=${SECRETS.code}&state=x`,
  '/api/auth/me',
]

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true })
    .map((name) => path.join(folder, String(name)))
    .filter((file) => statSync(file).isFile())
}

async function answers({ url }: App): Promise<string> {
  const headers: Record<string, string>[] = [
    {},
    { authorization: `Bearer ${SECRETS.metrics}` },
    { cookie: `__Host-flowlens=${SECRETS.session}`, host: 'evil.example' },
  ]
  const all: string[] = []
  for (const where of ASKED)
    for (const sent of headers) {
      const response = await fetch(url + where, { headers: sent, redirect: 'manual', signal: AbortSignal.timeout(20_000) })
      all.push(JSON.stringify([...response.headers]), await response.text().catch(String))
    }
  for (const body of ['{', '{"title":1}', `{"view":"sig=${encodeURIComponent(SECRETS.sas)}"}`])
    all.push(await (await fetch(`${url}/api/evidence`, { method: 'POST', body, headers: { 'content-type': 'application/json' } })).text())
  return all.join('\n')
}

test('no answer, log line or file contains a secret, whatever fails', async () => {
  const storage = createServer((asked, answer) => {
    answer.writeHead(403, { 'x-ms-error-code': 'AuthenticationFailed' })
    answer.end(`<Error><Code>X</Code><Message>${asked.url} ${JSON.stringify(asked.headers)}</Message></Error>`)
  })
  const port = await freePort()
  storage.listen(port, '127.0.0.1')
  const ended = `https://canary.blob.core.windows.net?sv=2024-11-04&sp=rl&se=2026-01-01T00:00:00Z&sig=${encodeURIComponent(SECRETS.sas)}`
  const account = `DefaultEndpointsProtocol=http;AccountName=canary;BlobEndpoint=http://127.0.0.1:${port}/canary;`
  const open = { FLOWLENS_SOURCES: ended, FLOWLENS_METRICS_TOKEN: SECRETS.metrics }
  const entra = {
    AZURE_TENANT_ID: '11111111-1111-4111-8111-111111111111',
    AZURE_CLIENT_ID: '22222222-2222-4222-8222-222222222222',
    AZURE_CLIENT_SECRET: SECRETS.client,
  }
  const settings: Record<string, string>[] = [
    { ...open, AZURE_STORAGE_CONNECTION_STRING: `${account}AccountKey=${SECRETS.key}` },
    {
      ...open,
      AZURE_STORAGE_CONNECTION_STRING: `${account}SharedAccessSignature=sv=2024-11-04&sp=rl&sig=${encodeURIComponent(SECRETS.sas)}`,
    },
    { ...open, ...entra, FLOWLENS_SESSION_SECRET: SECRETS.session, FLOWLENS_PUBLIC_URL: 'https://flows.example' },
  ]
  for (const set of settings) {
    const data = await temporaryFolder()
    const app = await startApp({ ...set, FLOWLENS_DATA_DIR: data.folder })
    try {
      const answered = await answers(app)
      const kept = filesBelow(data.folder).map((file) => `${file}\n${readFileSync(file, 'latin1')}`)
      await app.stop()
      const found = SPELLINGS.filter((secret) => [answered, app.said(), ...kept].some((text) => text.includes(secret)))
      expect(found).toEqual([])
      expect(
        app
          .said()
          .split('\n')
          .filter((line) => line.includes('"requestId"')).length,
      ).toBeGreaterThan(60)
    } finally {
      await app.stop()
      await data.remove()
    }
  }
  storage.close()
})
