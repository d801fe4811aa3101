const KEY = 'first-steps'
const listeners = new Set<() => void>()

/** True if the steps were finished or closed in this browser; false if storage is forbidden. */
export function readSeen(): boolean {
  try {
    return localStorage.getItem(KEY) === 'seen'
  } catch {
    return false
  }
}

export function rememberSeen(): void {
  try {
    localStorage.setItem(KEY, 'seen')
  } catch {
    // Storage is forbidden: the steps are then offered again.
  }
  for (const listener of listeners) listener()
}

export function watchSeen(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
