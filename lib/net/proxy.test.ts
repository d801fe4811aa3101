import { describe, expect, it } from 'vitest'
import { proxyFor } from './proxy'

const HTTPS = 'http://proxy.test:3128'
const BLOB = 'https://contoso.blob.core.windows.net/box'

const shown = (url: string, environment: Record<string, string>) => proxyFor(url, environment)?.shown ?? null

describe('a proxy', () => {
  it.each([
    [BLOB, { HTTPS_PROXY: HTTPS }, HTTPS],
    [BLOB, { https_proxy: HTTPS }, HTTPS],
    [BLOB, { HTTPS_PROXY: '', https_proxy: HTTPS }, HTTPS],
    [BLOB, { HTTPS_PROXY: 'proxy.test:3128' }, HTTPS],
    [BLOB, { HTTPS_PROXY: ' http://proxy.test:3128/ ' }, HTTPS],
    [BLOB, { HTTPS_PROXY: 'https://name:secret@proxy.test:3128' }, 'https://proxy.test:3128'],
    [BLOB, { ALL_PROXY: HTTPS }, HTTPS],
    [BLOB, { HTTP_PROXY: HTTPS }, HTTPS],
    [BLOB, { HTTP_PROXY: 'http://other.test:1', HTTPS_PROXY: HTTPS }, HTTPS],
    ['http://azurite.test:10000/', { HTTP_PROXY: HTTPS }, HTTPS],
    ['http://azurite.test:10000/', { HTTPS_PROXY: HTTPS }, null],
    [BLOB, {}, null],
    [BLOB, { HTTPS_PROXY: '' }, null],
  ])('%s with %o is asked through %s', (url, environment, through) => {
    expect(shown(url, environment)).toBe(through)
  })

  it.each([
    'https://localhost:10000/',
    'http://127.0.0.1/',
    'https://127.9.9.9/',
    'https://[::1]:8443/',
    'https://app.localhost/',
    'http://169.254.169.254/metadata/identity/oauth2/token',
  ])('%s never is', (url) => {
    expect(shown(url, { HTTPS_PROXY: HTTPS, HTTP_PROXY: HTTPS })).toBeNull()
  })

  it.each([
    ['contoso.blob.core.windows.net', true],
    ['CONTOSO.blob.core.windows.net', true],
    ['.core.windows.net', true],
    ['*.core.windows.net', true],
    ['core.windows.net', true],
    ['*', true],
    ['a.test, blob.core.windows.net', true],
    ['a.test blob.core.windows.net', true],
    ['blob.core.windows.net:443', true],
    ['blob.core.windows.net:8443', false],
    ['ore.windows.net', false],
    ['other.blob.core.windows.net', false],
    ['contoso', false],
    ['', false],
    [' , ', false],
    ['.', false],
  ])('NO_PROXY=%s leaves it out: %s', (list, isLeftOut) => {
    for (const name of ['NO_PROXY', 'no_proxy']) expect(shown(BLOB, { HTTPS_PROXY: HTTPS, [name]: list })).toBe(isLeftOut ? null : HTTPS)
  })

  it.each([
    ['10.1.0.4', 'https://10.1.0.4/', true],
    ['10.1.0.4:443', 'https://10.1.0.4/', true],
    ['1.0.4', 'https://10.1.0.4/', false],
    ['fd00::1', 'https://[fd00::1]/', true],
    ['[fd00::1]:8443', 'https://[fd00::1]:8443/', true],
    ['[fd00::1]:8443', 'https://[fd00::1]/', false],
  ])('NO_PROXY=%s and the address %s: %s', (list, url, isLeftOut) => {
    expect(shown(url, { HTTPS_PROXY: HTTPS, NO_PROXY: list })).toBe(isLeftOut ? null : HTTPS)
  })

  it.each(['socks5://proxy.test:1080', 'http://', 'http://a b'])(
    '%s is refused by the name of its variable, without its value',
    (value) => {
      expect(() => proxyFor(BLOB, { HTTPS_PROXY: value })).toThrow(/^HTTPS_PROXY is no proxy: it has to read http:\/\/HOST:PORT/)
    },
  )
})
