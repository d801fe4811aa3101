import { screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { Talkers } from '@/components/parts/talkers/talkers'
import { GridValue } from '@/components/parts/value/grid/grid-value'
import { BASIS, talkerRow } from '@/components/test/answers'
import { open } from '@/components/test/page'
import { asked } from '@/components/test/server'
import type { AddressContext } from '@/lib/flow/answer/traffic/context'
import { CONTEXT_NAMES } from '@/lib/flow/field/context'

const NOBODY: AddressContext = {
  ip: '',
  ...{ country: null, asn: null, org: null, name: null, vm: null, subnet: null, vnet: null },
  ...{ tag: [], list: [], among: [], facts: [] },
}
const KNOWN: Record<string, Partial<AddressContext>> = {
  '192.0.2.200': { country: 'SC', org: 'Nightglass VPS', list: ['command-and-control', 'vps'] },
  '10.0.4.5': { name: 'db-01', vm: 'db-01', subnet: 'core-vnet/db' },
  '10.0.4.6': { name: 'ambiguous', vm: 'ambiguous', among: ['one in a/b', 'two in c/d'] },
}

const ADDRESSES = {
  'context/addresses': (search: URLSearchParams) => ({ rows: search.getAll('ip').map((ip) => ({ ...NOBODY, ip, ...KNOWN[ip] })) }),
} as object

const filesOf = (files: boolean) => ({ digest: files ? 'd' : '', names: files ? [...CONTEXT_NAMES] : [], sets: [] })

function talkers(files: boolean) {
  const addresses = [...Object.keys(KNOWN), '198.18.0.9']
  const sums = { tuples: 0, flows: 0, allow: 0, deny: 0, bytes: 0, packets: 0, bytesSent: 0, bytesReceived: 0 }
  return open(<Talkers />, {
    routes: {
      context: filesOf(files),
      talkers: {
        ...BASIS,
        by: 'src',
        metric: 'tuples',
        total: addresses.length,
        rows: addresses.map((key) => talkerRow({ key })),
        other: sums,
      },
      ...ADDRESSES,
    },
  })
}

const row = (address: string) => screen.findByRole('row', { name: new RegExp(`^\\S*\\s*${address.replaceAll('.', '\\.')}`) })

describe('beside an address', () => {
  it('shows its list first, then its organisation and its country', async () => {
    talkers(true)
    const bad = await row('192.0.2.200')
    await within(bad).findByText('Nightglass VPS')
    expect(within(bad).getByTitle('on lists command-and-control, vps')).toHaveTextContent('on list command-and-control +1')
    expect(within(bad).getByTitle('Seychelles')).toHaveTextContent('SC')
  })

  it('shows its name, and the place in its tooltip', async () => {
    talkers(true)
    const own = await row('10.0.4.5')
    expect((await within(own).findByText('db-01')).closest('[title]')).toHaveAttribute('title', 'db-01, core-vnet/db')
  })

  it('shows nothing for an unknown address, and no name for an ambiguous one', async () => {
    talkers(true)
    await screen.findByText('db-01')
    expect((await row('198.18.0.9')).querySelector('[title*="on list"]')).toBeNull()
    expect(within(await row('10.0.4.6')).queryByText('ambiguous')).toBeNull()
  })

  it('requests all addresses of the page at once', async () => {
    talkers(true)
    await screen.findByText('db-01')
    expect(asked.filter((one) => one.startsWith('context/addresses'))).toHaveLength(1)
  })
})

it('shows names in a grid too, and of what is on a list, the list and the country', async () => {
  const addresses = ['10.0.4.5', '192.0.2.200']
  open(
    <div>
      {addresses.map((address) => (
        <div key={address} title={`cell ${address}`}>
          <GridValue field="src" value={address} />
        </div>
      ))}
    </div>,
    { routes: { context: filesOf(true), ...ADDRESSES } },
  )
  expect(await within(screen.getByTitle('cell 10.0.4.5')).findByText('db-01')).toBeVisible()
  const listed = within(screen.getByTitle('cell 192.0.2.200'))
  expect(await listed.findByTitle('on lists command-and-control, vps')).toBeVisible()
  expect(listed.getByText('SC')).toBeVisible()
  expect(listed.queryByText('Nightglass VPS')).toBeNull()
})

it('offers groups by available context', async () => {
  talkers(true)
  expect(await screen.findByRole('radio', { name: 'country' })).toBeInTheDocument()
})

it('requests and offers nothing without files', async () => {
  talkers(false)
  await row('10.0.4.5')
  await waitFor(() => expect(asked.some((one) => one.startsWith('context'))).toBe(true))
  expect(asked.filter((one) => one.startsWith('context/addresses'))).toEqual([])
  expect(screen.queryByRole('radio', { name: 'country' })).toBeNull()
})
