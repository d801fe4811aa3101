import { generateKeyPairSync } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { selfSigned } from '../entra/certificate'
import { ALICE, BOB } from '../entra/people'
import type { Azurite } from './azurite'
import { WEB } from './network'
import { type RightsProxy, startRights } from './rights'

export interface PersonalStorage extends RightsProxy {
  /** What has an app read this storage with the rights of who signs in. */
  environment: Record<string, string>
}

/** Who may read what in the demo, in words. */
export const WHO_READS = `${ALICE.name} may read every flow log, ${BOB.name} only that of dmz-nsg: the pages say how many blobs he may not read.`

/** Everybody may list everything, as roles with a condition on paths commonly have it. */
function may({ person, operation, path: name }: { person: string; operation: 'list' | 'read'; path: string }): boolean {
  if (person !== ALICE.id && person !== BOB.id) return false
  return operation === 'list' || person === ALICE.id || name.startsWith(`${WEB[0]!.log.scope}/`)
}

function accountOf(connectionString: string): { name: string; key: string } {
  const value = (name: string) => new RegExp(`${name}=([^;]+)`).exec(connectionString)?.[1] ?? ''
  return { name: value('AccountName'), key: value('AccountKey') }
}

/** The emulator's account as Azure would serve it to people with different rights. `trusted` is a file of certificates that the app trusts already. */
export async function servePersonalStorage({ connectionString, port }: Azurite, trusted: string): Promise<PersonalStorage> {
  const account = accountOf(connectionString)
  const pair = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const cert = selfSigned(pair, [`${account.name}.blob.core.windows.net`])
  const key = pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  const rights = await startRights({ tls: { key, cert }, azurite: { ...account, port }, may })
  const certificates = path.join(path.dirname(trusted), 'demo.pem')
  await writeFile(certificates, (await readFile(trusted, 'utf8')) + cert)
  return {
    ...rights,
    environment: {
      FLOWLENS_SOURCES: rights.account,
      FLOWLENS_CREDENTIAL: 'user',
      HTTPS_PROXY: rights.proxy,
      NO_PROXY: 'localhost,127.0.0.1',
      NODE_EXTRA_CA_CERTS: certificates,
    },
  }
}
