import { ALICE, BOB } from '../entra/people'
import { serveStandIn } from '../entra/serve'
import type { Azurite } from './azurite'
import { NSG_CONTAINER } from './network'
import { type StorageAsk, startRights } from './rights'

/** Alice may read all of it; Bob may list all and read the NSG flow logs. */
function may({ person, operation, container }: StorageAsk): boolean {
  return person === ALICE.id || (person === BOB.id && (operation === 'list' || container === NSG_CONTAINER))
}

export interface People {
  /** What has the app at `publicUrl` ask people to sign in, and read storage as they may. */
  environment: Record<string, string>
  /** Whom one can be, in lines for the terminal. */
  told: string[]
  stop(): Promise<void>
}

/** Two people with different rights, a stand-in for Microsoft Entra ID to sign in at, and storage that knows their rights. */
export async function withPeople(publicUrl: string, folder: string, { account, port }: Azurite): Promise<People> {
  const entra = await serveStandIn(publicUrl, folder, [`${account.name}.blob.core.windows.net`])
  const { standIn, tls, environment } = entra
  const rights = await startRights({ tls, azurite: { ...account, port }, may })
  return {
    environment: { ...environment, FLOWLENS_CREDENTIAL: 'user', FLOWLENS_SOURCES: rights.account, HTTPS_PROXY: rights.proxy },
    told: [
      `Sign in as ${ALICE.name}, who may read everything, or as ${BOB.name}, who may read the NSG flow logs only.`,
      `The page to pick them from stands in for Microsoft Entra ID. Its certificate was made for this demo, so the browser warns\n    about ${standIn.origin}: go on.\n`,
    ],
    async stop() {
      await Promise.all([entra.stop(), rights.stop()])
    },
  }
}
