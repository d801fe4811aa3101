import { type Config, readConfig } from '@/lib/config'
import type { SignInConfig } from '@/lib/config/sign-in'
import { Problem } from '@/lib/flow/problem'
import { IdTokens } from './entra/id-token'
import { Network } from './entra/network'
import { FolderStore } from './session/folder-store'
import { MemoryStore } from './session/memory-store'
import { Seal } from './session/seal'
import { KEPT, Sessions } from './session/sessions'
import { TokenMemo } from './token-memo'

/** The scope that lets us read storage with the person's rights (learn.microsoft.com/rest/api/storageservices/authorize-with-azure-active-directory). */
const STORAGE_AS_PERSON = 'https://storage.azure.com/user_impersonation'

/** Everything that sign-in, sessions and personal storage tokens need. */
export interface SignIn {
  config: SignInConfig
  /** Scopes requested besides the identity. */
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

/** Null when sign-in is off. */
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

/** Next.js may load a module several times, so single instances are kept on globalThis. */
const SIGN_IN = Symbol.for('flowlens.sign-in')
const home = globalThis as { [SIGN_IN]?: { signIn: SignIn | null } }

/** The sign-in of this process, as configured; null when sign-in is off. @throws Problem `config` when the configuration is invalid: then nobody has access. */
export function access(): SignIn | null {
  try {
    home[SIGN_IN] ??= { signIn: openSignIn(readConfig(process.env)) }
    return home[SIGN_IN].signIn
  } catch (error) {
    throw new Problem('config', error instanceof Error ? error.message : String(error), { cause: error })
  }
}
