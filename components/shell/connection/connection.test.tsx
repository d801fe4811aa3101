import { act, screen, waitFor } from '@testing-library/react'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { noteReached } from '@/components/parts/answer/connection'
import { DeniedSources } from '@/components/parts/totals/denied-sources'
import { BASIS, talkerRow } from '@/components/test/answers'
import { open } from '@/components/test/page'
import { Connection } from './connection'

const OTHER = { tuples: 0, flows: 0, allow: 0, deny: 0, bytes: 0, packets: 0, bytesSent: 0, bytesReceived: 0 }
const TALKERS = { ...BASIS, by: 'src', metric: 'tuples', total: 7, rows: [talkerRow()], other: OTHER }

let isUp = true

beforeEach(() => {
  isUp = true
})
afterEach(() => act(() => noteReached(true)))

/** A page whose server can be cut off. */
function page() {
  const opened = open(
    <>
      <Connection />
      <DeniedSources />
      <a href="/explorer">Explorer</a>
    </>,
    { routes: { talkers: TALKERS } },
  )
  const { fetch } = globalThis
  vi.stubGlobal('fetch', (...args: Parameters<typeof fetch>) => (isUp ? fetch(...args) : Promise.reject(new TypeError('Failed to fetch'))))
  return opened
}

it('never shows old figures under a new filter: reports the lost connection, and requests again once it is back', async () => {
  const { user } = page()
  expect(await screen.findByTitle('7 sources denied inbound')).toBeVisible()
  isUp = false
  act(() => window.history.pushState(null, '', '/?q=dport:22'))
  expect(await screen.findByText('The connection to the server is lost')).toBeVisible()
  await waitFor(() => expect(screen.queryByTitle('7 sources denied inbound')).toBeNull())
  expect(screen.getByRole('alert')).toHaveTextContent('The server could not be reached.')
  isUp = true
  await user.click(screen.getByRole('button', { name: 'Try now' }))
  expect(await screen.findByTitle('7 sources denied inbound')).toBeVisible()
  await waitFor(() => expect(screen.queryByText('The connection to the server is lost')).toBeNull())
})

it('sends requests even if the browser reports no network', async () => {
  vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false)
  page()
  expect(await screen.findByTitle('7 sources denied inbound')).toBeVisible()
})

it('keeps the page if a link would end in the browser’s error page, and follows it if the server answers', async () => {
  vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false)
  const { user } = page()
  await screen.findByTitle('7 sources denied inbound')
  isUp = false
  await user.click(screen.getByRole('link', { name: 'Explorer' }))
  expect(await screen.findByText('The server cannot be reached; this page stays as it is')).toBeVisible()
  expect(window.location.pathname).toBe('/')
  isUp = true
  await user.click(screen.getByRole('link', { name: 'Explorer' }))
  await waitFor(() => expect(window.location.pathname).toBe('/explorer'))
})
