import { useMemo, useSyncExternalStore } from 'react'

/** Replaces `next/navigation` in component tests: pages learn the address from the history, as under Next.js's router. */
const listeners = new Set<() => void>()

function tell(): void {
  for (const listener of listeners) listener()
}

for (const name of ['pushState', 'replaceState'] as const) {
  const original = window.history[name].bind(window.history)
  window.history[name] = (...args) => {
    original(...args)
    tell()
  }
}
window.addEventListener('popstate', tell)

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function usePathname(): string {
  return useSyncExternalStore(subscribe, () => window.location.pathname)
}

export function useSearchParams(): URLSearchParams {
  const search = useSyncExternalStore(subscribe, () => window.location.search)
  return useMemo(() => new URLSearchParams(search), [search])
}

const ROUTER = {
  push: (href: string) => window.history.pushState(null, '', href),
  replace: (href: string) => window.history.replaceState(null, '', href),
}

export function useRouter() {
  return ROUTER
}
