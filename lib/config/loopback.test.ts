import { describe, expect, it } from 'vitest'
import { isLoopback, refuseOpenDoor } from './loopback'

describe('only this machine reaches', () => {
  it.each(['127.0.0.1', '127.1.2.3', '::1', '[::1]', 'localhost'])('%s', (host) => expect(isLoopback(host)).toBe(true))
  it.each(['0.0.0.0', '::', '[::]', '10.0.0.4', '127.evil.example', '127.0.0.1.nip.io', 'localhost.evil.example', '', '2130706433'])(
    'not %j',
    (host) => expect(isLoopback(host)).toBe(false),
  )
})

describe('a server that other machines reach', () => {
  const nobody = { signIn: null, allowAnonymous: false }
  it('is refused without sign-in, with the possible remedies', () => {
    expect(() => refuseOpenDoor('0.0.0.0', nobody)).toThrow(
      /^HOSTNAME: 0\.0\.0\.0 .*docs\/sign-in\.md.*127\.0\.0\.1.*FLOWLENS_ALLOW_ANONYMOUS=1/,
    )
  })

  it.each([
    ['0.0.0.0', { ...nobody, signIn: {} }],
    ['0.0.0.0', { ...nobody, allowAnonymous: true }],
    ['127.0.0.1', nobody],
  ])('is not on %s with %j', (host, config) => expect(() => refuseOpenDoor(host, config)).not.toThrow())
})
