export interface TestPerson {
  /** Object id. */
  id: string
  name: string
  address: string
  tenant: string
}

export interface Client {
  id: string
  secret?: string
  /** SHA-256 thumbprint of a certificate in base64url, and its public key as PEM. */
  certificate?: { thumbprint: string; publicKey: string }
  /** An assertion as a workload's platform would issue it. */
  federated?: string
  redirects: string[]
}

export const HOME_TENANT = '0f1e2d3c-4b5a-4978-8695-a4b3c2d1e0f9'
export const OTHER_TENANT = '9a8b7c6d-5e4f-4a3b-9c2d-1e0f9a8b7c6d'

/** Two people of one tenant, and one of another. */
export const ALICE: TestPerson = {
  id: 'a11ce000-0000-4000-8000-000000000001',
  name: 'Alice Adler',
  address: 'alice@contoso.example',
  tenant: HOME_TENANT,
}
export const BOB: TestPerson = {
  id: 'b0b00000-0000-4000-8000-000000000002',
  name: 'Bob Brandt',
  address: 'bob@contoso.example',
  tenant: HOME_TENANT,
}
export const MALLORY: TestPerson = {
  id: '3a110000-0000-4000-8000-000000000003',
  name: 'Mallory Marks',
  address: 'mallory@fabrikam.example',
  tenant: OTHER_TENANT,
}
