import { expect, it } from 'vitest'
import { boundHost } from './refuse-to-start'

it.each([
  [['node', 'next', 'start', '--hostname', '10.0.0.4'], {}, '10.0.0.4'],
  [['node', 'next', 'start', '-H', 'localhost'], { HOSTNAME: '0.0.0.0' }, 'localhost'],
  [['node', 'next', 'start', '--hostname=::'], { HOSTNAME: '127.0.0.1' }, '::'],
  [['node', 'server.js'], { HOSTNAME: '127.0.0.1' }, '127.0.0.1'],
  [['node', 'server.js'], { HOSTNAME: '' }, '0.0.0.0'],
  [['node', 'server.js'], {}, '0.0.0.0'],
  [['node', 'worker.js'], { HOSTNAME: 'f00dbabe', __NEXT_PRIVATE_ORIGIN: 'http://127.0.0.1:3000' }, '127.0.0.1'],
  [['node', 'server.js'], { HOSTNAME: '0.0.0.0', __NEXT_PRIVATE_ORIGIN: 'http://localhost:3000' }, '0.0.0.0'],
])('%j with %j listens on %s', (argv, env, host) => expect(boundHost(argv, { ...env, NODE_ENV: 'test' })).toBe(host))
