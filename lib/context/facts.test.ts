import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { parseAddress } from '@/lib/flow/address/address'
import { factsOf } from './facts'
import { ContextFiles } from './files'
import { readHere } from './test/here'

const folder = mkdtempSync(join(tmpdir(), 'flowlens-facts-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const GROUP = '/subscriptions/s/resourceGroups/g/providers'
const nic = (name: string, mac: string, address: string) => ({
  id: `${GROUP}/Microsoft.Network/networkInterfaces/${name}`,
  macAddress: mac,
  ipConfigurations: [
    {
      privateIPAddress: address,
      subnet: { id: `${GROUP}/Microsoft.Network/virtualNetworks/core/subnets/${name === 'nic-1' ? 'web' : 'db'}` },
    },
  ],
  virtualMachine: { id: `${GROUP}/Microsoft.Compute/virtualMachines/vm-${name}` },
})

it('tells which file has a NIC, which one a range, and nothing of NICs that a person may not read', async () => {
  writeFileSync(
    join(folder, 'inventory.json'),
    JSON.stringify([nic('nic-1', '00-22-48-00-00-01', '10.0.0.4'), nic('nic-2', '00-22-48-00-00-02', '10.0.0.4')]),
  )
  writeFileSync(join(folder, 'bad.txt'), '10.0.0.0/24\n')
  const context = new ContextFiles([folder], readHere, () => {})
  const [files, known] = [await context.all(), await context.known()]
  const told = (of: typeof known, address: string) =>
    factsOf(files, of, parseAddress(address)!).map(({ kind, text, path, size }) => `${basename(path)} ${kind} ${text} ${size}`)
  const [one, two, range] = [
    'inventory.json inventory vm-nic-1, core/web 1',
    'inventory.json inventory vm-nic-2, core/db 1',
    'bad.txt list bad 256',
  ]
  expect(told(known, '10.0.0.4')).toEqual([one, two, range])
  expect(told(known.for(new Set(['002248000001'])), '10.0.0.4')).toEqual([one, range])
  expect(told(known.for(new Set()), '10.0.0.4')).toEqual([range])
  expect(told(known, '10.0.0.5')).toEqual([range])
  context.close()
})
