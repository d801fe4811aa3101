/** Makes all files that this process writes from now on, including the engine's, accessible only to their owner. */
export function ownFiles(): void {
  process.umask(0o077)
}
