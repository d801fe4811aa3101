'use client'

import { type ComponentType, createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react'
import { useAnswer } from '@/components/parts/answer/use-answer'
import type { ContextName } from '@/lib/flow/field/context'
import type { Found } from './found'
import type { KnownProps } from './known'

/** What the context files tell of addresses, and what shows it. */
interface Told {
  found: Found | null
  Known: ComponentType<KnownProps> | null
}

interface ContextFilesState extends Told {
  names: readonly ContextName[]
}

const UNTOLD: Told = { found: null, Known: null }
const NOTHING: ContextFilesState = { ...UNTOLD, names: [] }

const FilesContext = createContext(NOTHING)

/** Asks for the context files once, and loads what they need only if there are any: a page has hundreds of addresses. */
export function ContextFiles({ children }: { children: ReactNode }) {
  const { data } = useAnswer('context')
  const [told, setTold] = useState(UNTOLD)
  const [digest, names] = [data?.digest ?? '', data?.names ?? NOTHING.names]
  useEffect(() => {
    let current = true
    if (digest === '') setTold(UNTOLD)
    else
      void Promise.all([import('./found'), import('./known')]).then(([{ Found }, { Known }]) => {
        if (current) setTold({ found: new Found(), Known })
      })
    return () => {
      current = false
    }
  }, [digest])
  const state = useMemo(() => ({ ...told, names }), [told, names])
  return <FilesContext value={state}>{children}</FilesContext>
}

/** What the context files provide; nothing while that is unknown. */
export function useContextFiles(): ContextFilesState {
  return useContext(FilesContext)
}
