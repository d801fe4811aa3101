'use client'

import { Component, type ReactNode } from 'react'
import { Failed } from '@/components/parts/answer/failed'

/** Says why the frame of the pages failed, in place of all of it. A page that fails within it is shown by `app/error.tsx`. */
export class FrameBoundary extends Component<{ children: ReactNode }, { error: Error | null }> {
  override state: { error: Error | null } = { error: null }

  static getDerivedStateFromError(error: Error): { error: Error } {
    return { error }
  }

  override render(): ReactNode {
    const { error } = this.state
    if (error === null) return this.props.children
    return (
      <main className="flex-1 py-20">
        <Failed message={`Flowlens failed: ${error.message}`} requestId={null} onRetry={() => window.location.reload()} />
      </main>
    )
  }
}
