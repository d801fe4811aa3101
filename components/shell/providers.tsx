'use client'

import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { LoadProvider } from '@/components/answer/load-provider'
import { HolesProvider } from '@/components/holes/holes-provider'
import { LiveProvider } from '@/components/live/live-provider'
import { Toaster } from '@/components/ui/toaster'
import { ValueMenu } from '@/components/value/value-menu'
import { ViewProvider } from '@/components/view/view-provider'

/** An answer is asked again when it is shown anew after this long. Milliseconds. */
const FRESH = 30_000

function createClient(): QueryClient {
  return new QueryClient({ defaultOptions: { queries: { staleTime: FRESH, retry: false, refetchOnWindowFocus: false } } })
}

/** What every page needs around it: the link, the answers, the load, live, the holes, the toasts and the menu of values. */
export function Providers({ children }: { children: ReactNode }) {
  const [client] = useState(createClient)
  return (
    <QueryClientProvider client={client}>
      <ViewProvider>
        <LoadProvider>
          <LiveProvider>
            <HolesProvider>
              <Toaster>
                <ValueMenu>{children}</ValueMenu>
              </Toaster>
            </HolesProvider>
          </LiveProvider>
        </LoadProvider>
      </ViewProvider>
    </QueryClientProvider>
  )
}
