import { GeistMono } from 'geist/font/mono'
import { GeistSans } from 'geist/font/sans'
import type { Metadata, Viewport } from 'next'
import { headers } from 'next/headers'
import type { ReactNode } from 'react'
import { FrameBoundary } from '@/components/shell/frame-boundary'
import { Providers } from '@/components/shell/providers'
import { Shell } from '@/components/shell/shell'
import './globals.css'

export const dynamic = 'force-dynamic'

export const metadata: Metadata = {
  title: { default: 'Flowlens', template: '%s · Flowlens' },
  description: 'Azure flow logs, read straight from the storage account',
}

export const viewport: Viewport = { colorScheme: 'light dark' }

export default async function Layout({ children }: { children: ReactNode }) {
  const nonce = (await headers()).get('x-nonce') ?? undefined
  return (
    <html lang="en" className={`${GeistSans.variable} ${GeistMono.variable}`} suppressHydrationWarning>
      <head>
        <script src="/theme.js" nonce={nonce} suppressHydrationWarning />
      </head>
      <body className="flex min-h-dvh flex-col">
        <FrameBoundary>
          <Providers>
            <Shell>{children}</Shell>
          </Providers>
        </FrameBoundary>
      </body>
    </html>
  )
}
