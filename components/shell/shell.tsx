import type { ReactNode } from 'react'
import { FilterBar } from '@/components/parts/filter-bar/filter-bar'
import { FirstStepsWhenAsked } from '@/components/parts/first-steps/when-asked'
import { Gate, SessionOverNotice } from '@/components/shell/sign-in/sign-in'
import { Connection } from './connection/connection'
import { Header } from './header'
import { PrintMargins } from './print/print-margins'

/** The frame of every page. */
export function Shell({ children }: { children: ReactNode }) {
  return (
    <Gate>
      <a href="#main" className="sr-only z-60 rounded-md bg-raised px-3 py-1.5 focus:not-sr-only focus:fixed focus:top-2 focus:left-2">
        Skip to content
      </a>
      <Header />
      <PrintMargins />
      <SessionOverNotice />
      <Connection />
      <FilterBar />
      <FirstStepsWhenAsked />
      <main id="main" className="flex min-w-0 flex-1 flex-col">
        {children}
      </main>
    </Gate>
  )
}
