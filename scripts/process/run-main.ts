import { Problem } from '@/lib/flow/problem'

/** Runs a command's main function; prints a user's mistake in one line, and any other error with its stack. */
export function runMain(main: () => Promise<void>): void {
  main().catch((error: unknown) => {
    console.error(error instanceof Problem ? error.message : error)
    process.exit(1)
  })
}
