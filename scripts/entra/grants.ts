import { createHash, randomBytes } from 'node:crypto'
import { decodeProtectedHeader, importSPKI, jwtVerify } from 'jose'
import type { Client, TestPerson } from './people'

/** The meaning of a token request: for a person, or for the app itself when there is no person. */
export interface Grant {
  client: Client
  tenant: string
  person: TestPerson | null
  nonce: string | null
  scope: string
}

interface Code {
  client: Client
  person: TestPerson
  redirect: string
  challenge: string
  nonce: string | null
  scope: string
}

/** An error in Entra's words: learn.microsoft.com/entra/identity-platform/reference-error-codes. */
export class EntraRefusal extends Error {
  constructor(
    readonly code: string,
    readonly number: number,
    readonly more: Record<string, unknown> = {},
  ) {
    super(`${code} AADSTS${number}`)
  }

  response(): Response {
    const body = { error: this.code, error_description: `AADSTS${this.number}: refused`, error_codes: [this.number], ...this.more }
    return Response.json(body, { status: this.code === 'invalid_client' ? 401 : 400 })
  }
}

const ASSERTION = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'

/** Codes and refresh tokens, and who may have one. */
export class Grants {
  /** Claims to satisfy (or none), by id of the revoked person. */
  readonly revoked = new Map<string, string | null>()
  private readonly codes = new Map<string, Code>()
  private readonly refresh = new Map<string, { client: Client; person: TestPerson }>()

  constructor(
    private readonly origin: string,
    private readonly clients: readonly Client[],
  ) {}

  /** @throws Refusal for a request that Entra would answer with an error page. */
  checkRequest(params: URLSearchParams): Client {
    const client = this.clients.find(({ id }) => id === params.get('client_id'))
    if (!client) throw new EntraRefusal('unauthorized_client', 700016)
    if (!client.redirects.includes(params.get('redirect_uri') ?? '')) throw new EntraRefusal('invalid_request', 50011)
    if (params.get('response_type') !== 'code') throw new EntraRefusal('unsupported_response_type', 700054)
    if (params.get('code_challenge_method') !== 'S256' || !params.get('code_challenge')) throw new EntraRefusal('invalid_request', 9002325)
    return client
  }

  approve(directory: string, params: URLSearchParams, person: TestPerson): string {
    const client = this.checkRequest(params)
    if (directory !== 'organizations' && directory !== person.tenant) throw new EntraRefusal('invalid_request', 50020)
    if (params.get('claims') !== null) this.revoked.delete(person.id)
    const code = randomBytes(24).toString('base64url')
    this.codes.set(code, {
      client,
      person,
      redirect: params.get('redirect_uri') ?? '',
      challenge: params.get('code_challenge') ?? '',
      nonce: params.get('nonce'),
      scope: params.get('scope') ?? '',
    })
    return this.back(params, { code })
  }

  back(params: URLSearchParams, answer: Record<string, string>): string {
    const back = new URL(params.get('redirect_uri') ?? this.origin)
    for (const [key, value] of Object.entries({ ...answer, state: params.get('state') ?? '' })) back.searchParams.set(key, value)
    return back.href
  }

  refreshToken(client: Client, person: TestPerson): string {
    const token = `refresh-${randomBytes(32).toString('base64url')}`
    this.refresh.set(token, { client, person })
    return token
  }

  async redeem(directory: string, form: URLSearchParams): Promise<Grant> {
    const client = await this.proven(directory, form)
    const scope = form.get('scope') ?? ''
    const type = form.get('grant_type')
    if (type === 'client_credentials') return { client, tenant: directory, person: null, nonce: null, scope }
    if (type === 'authorization_code') {
      const code = this.codes.get(form.get('code') ?? '')
      this.codes.delete(form.get('code') ?? '')
      if (code === undefined || code.client !== client) throw new EntraRefusal('invalid_grant', 54005)
      if (form.get('redirect_uri') !== code.redirect) throw new EntraRefusal('invalid_grant', 500112)
      const challenge = createHash('sha256')
        .update(form.get('code_verifier') ?? '')
        .digest('base64url')
      if (challenge !== code.challenge) throw new EntraRefusal('invalid_grant', 501481)
      return { ...code, tenant: code.person.tenant, scope: code.scope }
    }
    const held = this.refresh.get(form.get('refresh_token') ?? '')
    if (type !== 'refresh_token' || held === undefined || held.client !== client) throw new EntraRefusal('invalid_grant', 70000)
    const claims = this.revoked.get(held.person.id)
    if (claims !== undefined) throw new EntraRefusal('interaction_required', 50076, claims === null ? {} : { claims })
    return { client, tenant: held.person.tenant, person: held.person, nonce: null, scope }
  }

  private async proven(directory: string, form: URLSearchParams): Promise<Client> {
    const client = this.clients.find(({ id }) => id === form.get('client_id'))
    if (!client) throw new EntraRefusal('unauthorized_client', 700016)
    const assertion = form.get('client_assertion')
    if (assertion === null) {
      if (client.secret === undefined || form.get('client_secret') !== client.secret) throw new EntraRefusal('invalid_client', 7000215)
      return client
    }
    if (form.get('client_assertion_type') !== ASSERTION) throw new EntraRefusal('invalid_request', 90014)
    if (client.federated !== undefined && assertion === client.federated) return client
    if (client.certificate === undefined) throw new EntraRefusal('invalid_client', 700027)
    const { alg, 'x5t#S256': thumbprint } = decodeProtectedHeader(assertion)
    if (alg !== 'PS256' || thumbprint !== client.certificate.thumbprint) throw new EntraRefusal('invalid_client', 700027)
    await jwtVerify(assertion, await importSPKI(client.certificate.publicKey, 'PS256'), {
      audience: `${this.origin}/${directory}/oauth2/v2.0/token`,
      issuer: client.id,
      subject: client.id,
      clockTolerance: 5,
    }).catch(() => {
      throw new EntraRefusal('invalid_client', 700027)
    })
    return client
  }
}
