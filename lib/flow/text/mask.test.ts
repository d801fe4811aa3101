import { expect, it } from 'vitest'
import { mask } from './mask'

const SECRET = 'c2VjcmV0LXNlY3JldA'

it.each([
  `https://a.blob.core.windows.net/c?sv=1&sig=${SECRET}%3D&se=2026`,
  `?sig=${SECRET}`,
  `next=https%3A%2F%2Fa%3Fsig%3D${SECRET}%26se`,
  `DefaultEndpointsProtocol=https;AccountKey=${SECRET}==;EndpointSuffix=x`,
  `BlobEndpoint=https://a;SharedAccessSignature=sv=1&sig=${SECRET}`,
  `authorization: Bearer ${SECRET}.x-y_z`,
  `{"access_token":"${SECRET}","expires_in":1}`,
  JSON.stringify({ body: JSON.stringify({ refresh_token: SECRET }) }),
  `grant_type=authorization_code&code=${SECRET}&client_secret=${SECRET}`,
  `Cookie: __Host-flowlens=${SECRET}; b=${SECRET}`,
  JSON.stringify({ headers: { 'set-cookie': `a=${SECRET}; Path=/` } }),
  `token eyJhbGciOiJub25l.${SECRET}.${SECRET}`,
])('masks %s', (text) => {
  expect(mask(text)).not.toContain(SECRET)
  expect(mask(text)).toContain('***')
})

it('masks known secrets anywhere', () => {
  expect(mask('before hunter2-hunter2 behind', ['hunter2-hunter2'])).toBe('before *** behind')
})

it.each(['Key limit: expected at most 10', 'sigma=3', 'the code: 404', 'https://a.blob.core.windows.net/c/PT1H.json'])(
  'leaves %s',
  (text) => {
    expect(mask(text)).toBe(text)
  },
)
