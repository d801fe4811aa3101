import { screen } from '@testing-library/react'
import type { UserEvent } from '@testing-library/user-event'
import { vi } from 'vitest'

/** Copies the table that a button exports, and returns its lines. */
export async function copied(user: UserEvent, name: string): Promise<string[]> {
  const write = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue()
  await user.click(await screen.findByRole('button', { name: `Export ${name}` }))
  await user.click(await screen.findByRole('button', { name: 'Copy as CSV' }))
  await screen.findByText(/^Copied/)
  return write.mock.lastCall![0].trim().split('\r\n')
}
