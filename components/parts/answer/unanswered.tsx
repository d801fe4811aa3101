import { TryAgain } from '@/components/parts/session/try-again'

/** What was not answered, in one line, and another try. */
export function Unanswered({ onRetry, children }: { onRetry: () => void; children: string }) {
  return (
    <p role="alert" className="flex min-h-11 flex-wrap items-center gap-x-3 px-3 py-1.5 text-caution">
      {children}
      <TryAgain onRetry={onRetry} />
    </p>
  )
}
