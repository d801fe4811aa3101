'use client'

import { useCallback, useSyncExternalStore } from 'react'
import type { AddressContext } from '@/lib/flow/answer/traffic/context'
import type { ContextName } from '@/lib/flow/field/context'
import { useContextFiles } from './context-files'

/** Returns the facts that the context files provide; none while that is unknown. */
export function useContextNames(): readonly ContextName[] {
  return useContextFiles().names
}

/** Returns the context of an address, or null; requests nothing without context files. */
export function useWhois(address: string): AddressContext | null {
  const { found } = useContextFiles()
  const listen = useCallback((tell: () => void) => found?.listen(address, tell) ?? (() => {}), [found, address])
  return useSyncExternalStore(
    listen,
    () => found?.of(address) ?? null,
    () => null,
  )
}
