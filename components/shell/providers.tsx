'use client'

import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { LoadProvider } from '@/components/parts/answer/load/load-provider'
import { HolesProvider } from '@/components/parts/holes/holes-provider'
import { LiveProvider } from '@/components/parts/live/live-provider'
import { ValueMenu } from '@/components/parts/value/value-menu'
import { ViewProvider } from '@/components/parts/view/view-provider'
import { ContextFiles } from '@/components/parts/whois/context-files'
import { Toaster } from '@/components/ui/toaster'

/** Milliseconds after which an answer is requested again when it is shown again. */
const FRESH = 30_000

function createClient(): QueryClient {
  // A browser without a network still reaches a server on its own machine; anywhere else a request fails, and says so.
  const networkMode = 'always'
  return new QueryClient({
    defaultOptions: { queries: { staleTime: FRESH, retry: false, refetchOnWindowFocus: false, networkMode }, mutations: { networkMode } },
  })
}

/** The context of every page: link, answers, load, live, holes, context files, toasts and the menu of values. */
export function Providers({ children }: { children: ReactNode }) {
  const [client] = useState(createClient)
  return (
    <QueryClientProvider client={client}>
      <ViewProvider>
        <LoadProvider>
          <LiveProvider>
            <HolesProvider>
              <ContextFiles>
                <Toaster>
                  <ValueMenu>{children}</ValueMenu>
                </Toaster>
              </ContextFiles>
            </HolesProvider>
          </LiveProvider>
        </LoadProvider>
      </ViewProvider>
    </QueryClientProvider>
  )
}
