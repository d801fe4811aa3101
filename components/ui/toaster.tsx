'use client'

import { createContext, type ReactNode, useCallback, useContext, useEffect, useState } from 'react'

/** How long a toast stays. Milliseconds. */
const STAY = 4000

const ToastContext = createContext<((text: string) => void) | null>(null)

/** Shows short messages at the lower edge, one at a time, to screen readers too. */
export function Toaster({ children }: { children: ReactNode }) {
  const [toast, setToast] = useState<{ text: string; n: number } | null>(null)
  const say = useCallback((text: string) => setToast((last) => ({ text, n: (last?.n ?? 0) + 1 })), [])

  useEffect(() => {
    if (toast === null) return
    const timer = setTimeout(() => setToast(null), STAY)
    return () => clearTimeout(timer)
  }, [toast])

  return (
    <ToastContext value={say}>
      {children}
      <div role="status" className="pointer-events-none fixed inset-x-0 bottom-5 z-60 flex justify-center px-4">
        {toast ? (
          <p key={toast.n} className="rounded-lg bg-raised px-3.5 py-2 shadow-float">
            {toast.text}
          </p>
        ) : null}
      </div>
    </ToastContext>
  )
}

export function useToast(): (text: string) => void {
  const say = useContext(ToastContext)
  if (say === null) throw new Error('useToast needs a Toaster')
  return say
}
