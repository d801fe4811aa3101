'use client'

import Link from 'next/link'
import { createContext, type ReactNode, useCallback, useContext, useEffect, useState } from 'react'

/** Milliseconds that a toast stays; one with a link stays twice as long. */
const STAY = 4000

/** A short message, or one that ends with a link. */
type Toast = string | { text: string; link: { href: string; label: string } }

const ToastContext = createContext<((toast: Toast) => void) | null>(null)

/** Shows short messages at the lower edge, one at a time, to screen readers too. */
export function Toaster({ children }: { children: ReactNode }) {
  const [shown, setShown] = useState<{ toast: Toast; n: number } | null>(null)
  const say = useCallback((toast: Toast) => setShown((last) => ({ toast, n: (last?.n ?? 0) + 1 })), [])

  useEffect(() => {
    if (shown === null) return
    const timer = setTimeout(() => setShown(null), typeof shown.toast === 'string' ? STAY : 2 * STAY)
    return () => clearTimeout(timer)
  }, [shown])

  const toast = shown?.toast
  return (
    <ToastContext value={say}>
      {children}
      <div role="status" className="pointer-events-none fixed inset-x-0 bottom-5 z-60 flex justify-center px-4 print:hidden">
        {toast === undefined ? null : (
          <p key={shown?.n} className="rounded-lg bg-raised px-3.5 py-2 shadow-float">
            {typeof toast === 'string' ? (
              toast
            ) : (
              <>
                {toast.text}{' '}
                <Link href={toast.link.href} prefetch={false} className="pointer-events-auto text-accent underline underline-offset-3">
                  {toast.link.label}
                </Link>
              </>
            )}
          </p>
        )}
      </div>
    </ToastContext>
  )
}

export function useToast(): (toast: Toast) => void {
  const say = useContext(ToastContext)
  if (say === null) throw new Error('useToast needs a Toaster')
  return say
}
