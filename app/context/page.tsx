import type { Metadata } from 'next'
import { ContextPage } from '@/components/pages/context/context-page'

export const metadata: Metadata = { title: 'Context' }

export default function Page() {
  return <ContextPage />
}
