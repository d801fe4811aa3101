import type { Metadata } from 'next'
import { RulesPage } from '@/components/pages/rules/rules-page'
import { VIEWS } from '@/lib/link/views'

export const metadata: Metadata = { title: VIEWS.rules.page.title }

export default function Page() {
  return <RulesPage />
}
