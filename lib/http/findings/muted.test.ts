import { expect, it } from 'vitest'
import type { KeptMute } from '@/lib/flow/answer/kept/mute'
import type { Finding } from '@/lib/flow/answer/traffic/findings'
import { mutedBy } from './muted'

it('keeps few files open at once, however many mutes there are', async () => {
  let [open, most] = [0, 0]
  const mutes = {
    names: async () => Array.from({ length: 500 }, (_, i) => String(i)),
    remembered: async (name: string): Promise<KeptMute> => {
      most = Math.max(most, ++open)
      await new Promise(setImmediate)
      open--
      const made = '2024-08-12T00:00:00.000Z'
      return { id: name, finding: `of ${name}`, kind: 'beacon', address: null, why: '', until: null, owner: 'local', by: null, made }
    },
  } as unknown as Parameters<typeof mutedBy>[0]['mutes']
  const muted = await mutedBy({ mutes, road: { isPersonal: false }, identity: { key: 'local' } })
  expect(muted({ id: 'of 499', figures: {} } as Finding)).toBe('499')
  expect(most).toBeLessThan(65)
})
