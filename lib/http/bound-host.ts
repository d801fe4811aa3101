/**
 * The host that this process listens on. Next.js tells it as an origin, which is `localhost` for every address at once too; then its arguments and HOSTNAME
 * decide, as they do for Next.js: without either it listens everywhere.
 */
export function boundHost(argv: readonly string[], env: NodeJS.ProcessEnv): string {
  const origin = env.__NEXT_PRIVATE_ORIGIN
  const told = origin !== undefined && URL.canParse(origin) ? new URL(origin).hostname : 'localhost'
  if (told !== 'localhost') return told
  const at = argv.findIndex((argument) => argument === '--hostname' || argument === '-H')
  const joined = argv.find((argument) => argument.startsWith('--hostname='))?.slice('--hostname='.length)
  return (at === -1 ? joined : argv[at + 1]) || env.HOSTNAME || '0.0.0.0'
}
