import type { Metadata } from 'next'
import { WatchesPage } from '@/components/pages/watches/watches-page'

export const metadata: Metadata = { title: 'Watches' }

export default function Page() {
  return <WatchesPage />
}
