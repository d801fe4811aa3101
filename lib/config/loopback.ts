/** Whether only this machine is reached by a name or address: no other site's name can be bound to it anew. */
export function isLoopback(host: string): boolean {
  return /^(?:(?:[a-z0-9-]+\.)*localhost|127(?:\.\d{1,3}){3}|::1|\[::1\])$/i.test(host)
}

/**
 * Flow logs are for people who may read them: where nobody signs in, only this machine is served, unless the operator insists.
 * @throws Error that says so.
 */
export function refuseOpenDoor(host: string, { signIn, allowAnonymous }: { signIn: object | null; allowAnonymous: boolean }): void {
  if (signIn !== null || allowAnonymous || isLoopback(host)) return
  throw new Error(
    `HOSTNAME: ${host} is reached from other machines, and nobody signs in. Configure sign-in (docs/sign-in.md), listen on 127.0.0.1, or set FLOWLENS_ALLOW_ANONYMOUS=1 to let everybody in`,
  )
}
