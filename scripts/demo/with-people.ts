import { ALICE, BOB } from '../entra/people'
import { serveStandIn } from '../entra/serve'
import type { Azurite } from './azurite'
import { type StorageAsk, startRights } from './rights'
import { NSG_CONTAINER } from './traffic/network'

/** Alice may read everything; Bob may list everything and read the NSG flow logs. */
function may({ person, operation, container }: StorageAsk): boolean {
  return person === ALICE.id || (person === BOB.id && (operation === 'list' || container === NSG_CONTAINER))
}

export interface People {
  /** Settings that make the app at `publicUrl` require sign-in, and read storage with each person's rights. */
  environment: Record<string, string>
  /** Lines for the terminal about the people to sign in as. */
  told: string[]
  stop(): Promise<void>
}

/** Two people with different rights, a simulated Microsoft Entra ID, and storage that enforces their rights. */
export async function withPeople(publicUrl: string, folder: string, { account, port }: Pick<Azurite, 'account' | 'port'>): Promise<People> {
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
