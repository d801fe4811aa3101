import { screen } from '@testing-library/react'
import { expect, it } from 'vitest'
import { open } from '@/components/test/page'
import type { HealthAnswer } from '@/lib/flow/answer/read/health'
import { Sources } from './sources'

const SAID =
  'https://contoso.blob.core.windows.net may not be read: its SAS lacks the permission l (list) in sp=r: make one with sp=rl (403 AuthorizationPermissionMismatch)'

const health: HealthAnswer = {
  status: 'degraded',
  version: '0.1.0',
  engine: { name: 'duckdb', version: '1' },
  sources: [
    { id: 'a', name: 'contoso', kind: 'azure', problem: SAID, expires: null },
    { id: 'b', name: 'logs', kind: 'folder', problem: null, expires: null },
  ],
  newest: null,
  lookups: [],
}

it('shows what to change for a refused source', async () => {
  const { user } = open(<Sources />, { routes: { health } })
  await user.click(await screen.findByRole('button', { name: /2 sources, 1 not answering/ }))
  expect(await screen.findByText(SAID)).toBeVisible()
})
