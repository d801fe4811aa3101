import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { createServer } from 'node:https'
import path from 'node:path'
import { buffer } from 'node:stream/consumers'
import { freePort } from '../process/port'
import { selfSigned } from './certificate'
import { ALICE, BOB, type Client, HOME_TENANT, MALLORY } from './people'
import { StandIn } from './stand-in'

export interface ServedStandIn {
  standIn: StandIn
  /** Key and certificate, for other servers that the app should trust. */
  tls: { key: string; cert: string }
  /** Settings that make an app at that address sign in here. */
  environment: Record<string, string>
  stop(): Promise<void>
}

/** Serves the simulated Entra on this machine over https, with a certificate for it and for `hosts`, stored in `folder`. `publicUrl` is the app's address. */
export async function serveStandIn(publicUrl: string, folder: string, hosts: readonly string[] = []): Promise<ServedStandIn> {
  const port = await freePort()
  const origin = `https://localhost:${port}`
  const client: Client = { id: 'c11e0000-0000-4000-8000-00000000000c', secret: random(), redirects: [`${publicUrl}/api/auth/callback`] }
  const standIn = await StandIn.make(origin, [ALICE, BOB, MALLORY], [client])
  const pair = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const cert = selfSigned(pair, ['localhost', '127.0.0.1', ...hosts])
  const file = path.join(folder, 'stand-in.pem')
  await mkdir(folder, { recursive: true })
  await writeFile(file, cert)
  const tls = { cert, key: pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() }
  const server = createServer(tls, async (incoming, outgoing) => {
    const { method = 'GET', url = '/' } = incoming
    const body = method === 'POST' ? { body: await buffer(incoming) } : {}
    const response = await standIn.answer(new Request(origin + url, { method, ...body }))
    outgoing.writeHead(response.status, Object.fromEntries(response.headers)).end(Buffer.from(await response.arrayBuffer()))
  })
  await new Promise<void>((listening) => server.listen(port, '127.0.0.1', listening))
  return {
    standIn,
    tls,
    environment: {
      AZURE_TENANT_ID: HOME_TENANT,
      AZURE_CLIENT_ID: client.id,
      AZURE_CLIENT_SECRET: client.secret!,
      FLOWLENS_AUTHORITY: origin,
      FLOWLENS_PUBLIC_URL: publicUrl,
      FLOWLENS_SESSION_SECRET: random(),
      NODE_EXTRA_CA_CERTS: file,
    },
    async stop() {
      server.closeAllConnections()
      await new Promise((stopped) => server.close(stopped))
    },
  }
}

function random(): string {
  return randomBytes(32).toString('base64url')
}
