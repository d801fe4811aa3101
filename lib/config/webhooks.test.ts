import { expect, it } from 'vitest'
import { readConfig } from '../config'

const SECRET = 'a-secret-of-some-length'

it('reads the interval, addresses and secret of watches', () => {
  const FLOWLENS_WEBHOOK = 'https://example.com/hook slack=https://hooks.slack.example/T/B/x teams=https://teams.example:8443/y?z=1'
  expect(readConfig({ FLOWLENS_WATCH: '5m', FLOWLENS_WEBHOOK, FLOWLENS_WEBHOOK_SECRET: SECRET }).watch).toEqual({
    every: 300_000,
    webhooks: [
      { body: 'json', url: 'https://example.com/hook' },
      { body: 'slack', url: 'https://hooks.slack.example/T/B/x' },
      { body: 'teams', url: 'https://teams.example:8443/y?z=1' },
    ],
    secret: SECRET,
  })
  expect(readConfig({}).watch).toEqual({ every: null, webhooks: [], secret: null })
})

it.each([
  ['http://example.com/hunter2', 'address 1'],
  ['https://a.example mail=https://example.com/hunter2', 'address 2'],
  ['https://user:hunter2@example.com/', 'address 1'],
  ['hunter2', 'address 1'],
])('refuses %s, and names it only by its position', (FLOWLENS_WEBHOOK, place) => {
  const read = () => readConfig({ FLOWLENS_WEBHOOK, FLOWLENS_WEBHOOK_SECRET: SECRET })
  expect(read).toThrow(`FLOWLENS_WEBHOOK: ${place} is none`)
  expect(read).not.toThrow(/hunter2/)
})

it('requires a secret for signed messages, and a minimum interval of rounds', () => {
  expect(() => readConfig({ FLOWLENS_WEBHOOK: 'https://a.example' })).toThrow('needs FLOWLENS_WEBHOOK_SECRET')
  expect(readConfig({ FLOWLENS_WEBHOOK: 'slack=https://a.example' }).watch.webhooks).toHaveLength(1)
  expect(() => readConfig({ FLOWLENS_WATCH: '1s', FLOWLENS_WEBHOOK_SECRET: 'short' })).toThrow(/FLOWLENS_WATCH.*FLOWLENS_WEBHOOK_SECRET/)
})
