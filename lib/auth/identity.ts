/** Who is asking. Without a sign-in configured everybody who reaches the server is the one local person, and the server listens on loopback only. */
export interface Identity {
  kind: 'local'
}

export function identify(_request: Request): Identity {
  return { kind: 'local' }
}
