import { Problem } from '@/lib/flow/problem'

/** Runs a command's main function; a mistake of the person who runs it is said in one line, a fault of ours with its stack. */
export function runMain(main: () => Promise<void>): void {
  main().catch((error: unknown) => {
    console.error(error instanceof Problem ? error.message : error)
    process.exit(1)
  })
}
