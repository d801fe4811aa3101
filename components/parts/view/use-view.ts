'use client'

import { useContext } from 'react'
import { ViewContext, type ViewState } from './view-provider'

/** The state of the link, and functions to change it. */
export function useView(): ViewState {
  const view = useContext(ViewContext)
  if (view === null) throw new Error('useView needs a ViewProvider')
  return view
}
