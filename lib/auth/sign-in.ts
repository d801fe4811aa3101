import { type Config, readConfig } from '@/lib/config'
import type { SignInConfig } from '@/lib/config/sign-in'
import { Problem } from '@/lib/flow/problem'
import { FolderStore } from './folder-store'
import { IdTokens } from './id-token'
import { MemoryStore } from './memory-store'
import { Network } from './network'
import { Seal } from './seal'
import { KEPT, Sessions } from './sessions'
import { TokenMemo } from './token-memo'

/** The right to read storage as the person may; what Entra calls the scope (learn.microsoft.com/rest/api/storageservices/authorize-with-azure-active-directory). */
const STORAGE_AS_PERSON = 'https://storage.azure.com/user_impersonation'

/** What signing in, staying signed in and reading storage as somebody rest on. */
export interface SignIn {
  config: SignInConfig
  /** What is asked for besides who it is. */
  scopes: string[]
  seal: Seal
  sessions: Sessions
  network: Network
  idTokens: IdTokens
  /** Storage tokens by session. */
  memo: TokenMemo
}

interface Surroundings {
  network?: Network
  now?: () => number
}

/** Null when nobody signs in. */
export function openSignIn(
  config: Pick<Config, 'signIn' | 'credential'>,
  { network = new Network(), now = Date.now }: Surroundings = {},
): SignIn | null {
  const { signIn, credential } = config
  if (signIn === null) return null
  const seal = new Seal(signIn.sessionSecrets, now)
  const store = signIn.tokenFolder === null ? new MemoryStore() : new FolderStore(signIn.tokenFolder, KEPT)
  return {
    config: signIn,
    scopes: credential === 'user' ? [STORAGE_AS_PERSON] : [],
    seal,
    sessions: new Sessions(store, seal, now),
    network,
    idTokens: new IdTokens(signIn, network, now),
    memo: new TokenMemo(now),
  }
}

/** Module instances are not single in Next.js: what must exist once hangs on globalThis. */
const SIGN_IN = Symbol.for('flowlens.sign-in')
const home = globalThis as { [SIGN_IN]?: { signIn: SignIn | null } }

/** The sign-in of this process, as its environment says; null when nobody signs in. @throws Problem `config` when that is not usable: then nobody comes in. */
export function access(): SignIn | null {
  try {
    home[SIGN_IN] ??= { signIn: openSignIn(readConfig(process.env)) }
    return home[SIGN_IN].signIn
  } catch (error) {
    throw new Problem('config', error instanceof Error ? error.message : String(error), { cause: error })
  }
}
