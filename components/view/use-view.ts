'use client'

import { useContext } from 'react'
import { ViewContext, type ViewState } from './view-provider'

/** What the link says, and how to say something else. */
export function useView(): ViewState {
  const view = useContext(ViewContext)
  if (view === null) throw new Error('useView needs a ViewProvider')
  return view
}
