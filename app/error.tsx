'use client'

import { Failed } from '@/components/parts/answer/failed'

export default function PageError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <div className="flex-1 py-20">
      <Failed message={`This page failed: ${error.message}`} requestId={error.digest ?? null} onRetry={reset} />
    </div>
  )
}
