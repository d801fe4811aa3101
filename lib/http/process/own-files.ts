/** Leaves whatever this process writes from now on, the engine's files too, to its owner alone. */
export function ownFiles(): void {
  process.umask(0o077)
}
