import { CircleAlert } from 'lucide-react'
import { TryAgain } from '@/components/parts/session/try-again'

/** Shown if an answer failed: the reason, the request to look for in the server's log, and another try. */
export function Failed({ message, requestId, onRetry }: { message: string; requestId: string | null; onRetry: () => void }) {
  return (
    <div role="alert" className="flex h-full flex-col items-center justify-center gap-2 px-4 py-6 text-center">
      <CircleAlert aria-hidden="true" size={18} className="text-caution" />
      <p className="max-w-[60ch] text-balance wrap-anywhere">{message}</p>
      {requestId ? (
        <p className="text-label text-faint">
          request <span className="data text-muted">{requestId}</span>
        </p>
      ) : null}
      <TryAgain onRetry={onRetry} />
    </div>
  )
}
