/** True if the name or address reaches only this machine. Another site's DNS name never qualifies. */
export function isLoopback(host: string): boolean {
  return /^(?:(?:[a-z0-9-]+\.)*localhost|127(?:\.\d{1,3}){3}|::1|\[::1\])$/i.test(host)
}

/** Without sign-in, only this machine is served, unless the operator insists. @throws Error that says so. */
export function refuseOpenDoor(host: string, { signIn, allowAnonymous }: { signIn: object | null; allowAnonymous: boolean }): void {
  if (signIn !== null || allowAnonymous || isLoopback(host)) return
  throw new Error(
    `HOSTNAME: ${host} is reachable from other machines, and sign-in is off. Configure sign-in (docs/sign-in.md), listen on 127.0.0.1, or set FLOWLENS_ALLOW_ANONYMOUS=1 to give everybody access`,
  )
}
