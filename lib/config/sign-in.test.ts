import { describe, expect, it } from 'vitest'
import { readConfig } from '../config'

const TENANT = '11111111-1111-4111-8111-111111111111'
const CLIENT = '22222222-2222-4222-8222-222222222222'
const SECRET = 'a-secret-of-at-least-32-characters'
const whole = {
  AZURE_TENANT_ID: TENANT.toUpperCase(),
  AZURE_CLIENT_ID: CLIENT,
  AZURE_CLIENT_SECRET: 'hunter2',
  FLOWLENS_PUBLIC_URL: 'https://flowlens.example.com/',
  FLOWLENS_SESSION_SECRET: SECRET,
}

describe('sign-in', () => {
  it('is off without a secret for sessions', () => {
    expect(readConfig({ ...whole, FLOWLENS_SESSION_SECRET: '' })).toMatchObject({ signIn: null, app: { client: CLIENT } })
  })

  it('is on with a secret, for its own tenant', () => {
    expect(readConfig({ ...whole, FLOWLENS_SESSION_SECRET: ` ${SECRET}  ${SECRET}2 ` }).signIn).toEqual({
      tenant: TENANT,
      client: CLIENT,
      proof: { kind: 'secret', secret: 'hunter2' },
      authority: 'https://login.microsoftonline.com',
      publicUrl: 'https://flowlens.example.com',
      sessionSecrets: [SECRET, `${SECRET}2`],
      tenants: [TENANT],
      tokenFolder: null,
    })
  })

  it.each(['AZURE_TENANT_ID', 'AZURE_CLIENT_ID', 'AZURE_CLIENT_SECRET', 'FLOWLENS_PUBLIC_URL'])(
    'is refused when half-made, without %s',
    (name) => {
      expect(() => readConfig({ ...whole, [name]: undefined })).toThrow(new RegExp(`${name}: sign-in needs it`))
    },
  )

  it.each([
    ['FLOWLENS_SESSION_SECRET', 'short'],
    ['FLOWLENS_SESSION_SECRET', `${SECRET} short`],
    ['AZURE_TENANT_ID', 'contoso.onmicrosoft.com'],
    ['AZURE_TENANT_ID', 'common'],
    ['AZURE_CLIENT_ID', 'flowlens'],
    ['AZURE_CLIENT_CERTIFICATE_PATH', '/no/such/file.pem'],
    ['FLOWLENS_PUBLIC_URL', 'flowlens.example.com'],
    ['FLOWLENS_PUBLIC_URL', 'http://flowlens.example.com'],
    ['FLOWLENS_PUBLIC_URL', 'https://flowlens.example.com/app'],
    ['FLOWLENS_PUBLIC_URL', 'https://user:pw@flowlens.example.com'],
    ['FLOWLENS_PUBLIC_URL', 'https://flowlens.example.com?x'],
    ['FLOWLENS_PUBLIC_URL', 'javascript:alert(1)'],
    ['FLOWLENS_AUTHORITY', 'http://login.microsoftonline.com'],
    ['FLOWLENS_AUTHORITY', 'http://localhost:4000'],
    ['FLOWLENS_AUTHORITY', 'https://login.microsoftonline.com/common'],
    ['FLOWLENS_TENANTS', `${TENANT} *`],
    ['FLOWLENS_TOKEN_STORE', 'redis://cache:6379'],
    ['FLOWLENS_ALLOW_ANONYMOUS', 'yes'],
  ])('refuses %s=%s', (name, value) => {
    expect(() => readConfig({ ...whole, [name]: value })).toThrow(new RegExp(`${name}: `))
  })

  it('accepts http on this machine only', () => {
    expect(readConfig({ ...whole, FLOWLENS_PUBLIC_URL: 'http://localhost:3000' }).publicUrl).toBe('http://localhost:3000')
  })
})

describe('credentials', () => {
  it.each([
    [{ ...whole, FLOWLENS_SESSION_SECRET: '', FLOWLENS_CREDENTIAL: 'user' }, 'user needs sign-in'],
    [{ FLOWLENS_CREDENTIAL: 'app', AZURE_TENANT_ID: TENANT }, 'app needs AZURE_TENANT_ID'],
  ])('refuses %j', (environment, said) => expect(() => readConfig(environment)).toThrow(new RegExp(`FLOWLENS_CREDENTIAL: ${said}`)))

  it.each([{}, { FLOWLENS_CREDENTIAL: 'user', ...whole }])('refuses the inventory of Azure with %j', (environment) => {
    expect(() => readConfig({ ...environment, FLOWLENS_INVENTORY: 'azure' })).toThrow(/FLOWLENS_INVENTORY: .*app or managed-identity/)
  })

  it('accepts the inventory of Azure with a credential of the server, in its cloud', () => {
    const environment = { FLOWLENS_CREDENTIAL: 'managed-identity', FLOWLENS_INVENTORY: 'azure' }
    expect(readConfig(environment)).toMatchObject({ inventory: 'azure', authority: 'https://login.microsoftonline.com' })
    expect(readConfig({ ...environment, FLOWLENS_AUTHORITY: 'https://login.microsoftonline.us' }).authority).toBe(
      'https://login.microsoftonline.us',
    )
    expect(readConfig({}).inventory).toBeNull()
    expect(() => readConfig({ FLOWLENS_INVENTORY: 'aws' })).toThrow(/FLOWLENS_INVENTORY: must be azure/)
  })

  it('accepts a managed identity without further settings', () => {
    expect(readConfig({ FLOWLENS_CREDENTIAL: 'managed-identity' })).toMatchObject({ credential: 'managed-identity', app: null })
  })

  it('reads host suffixes', () => {
    expect(readConfig({ FLOWLENS_STORAGE_SUFFIXES: ' blob.one.example  Blob.two.example' }).storageSuffixes).toEqual([
      'blob.one.example',
      'blob.two.example',
    ])
    expect(() => readConfig({ FLOWLENS_STORAGE_SUFFIXES: 'https://x.example' })).toThrow(/FLOWLENS_STORAGE_SUFFIXES: /)
  })
})
