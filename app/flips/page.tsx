import type { Metadata } from 'next'
import { FlipsPage } from '@/components/flips/flips-page'

export const metadata: Metadata = { title: 'Flips' }

export default function Page() {
  return <FlipsPage />
}
