import { randomUUID } from 'node:crypto'
import { EntraRefusal, type Grant, Grants } from './grants'
import { choicePage } from './page'
import { type Client, OTHER_TENANT, type TestPerson } from './people'
import { type Forgery, makeKeys, Tokens } from './tokens'

/** A fault of token requests: a status, one with `Retry-After: 120`, a redirect, no answer at all, or an answer that never ends. */
export type Fault = '500' | '503' | '429' | '429 later' | 'redirect' | 'hang' | 'cut' | 'flood' | 'html'

/**
 * Simulates Microsoft Entra ID, as far as our sign-in uses it: authorization code with PKCE, refresh tokens, client credentials by secret,
 * certificate or federated assertion, keys. It is as strict as Entra (single-use codes, redirects, verifiers, client proofs), and can inject faults.
 */
export class StandIn {
  /** The forgery of the next ID tokens. */
  forgery: Forgery | null = null
  /** The faults of the next token requests, one each. */
  readonly faults: Fault[] = []
  /** Received token requests. */
  readonly asked: URLSearchParams[] = []
  /** Lifetime of storage tokens. Seconds. */
  lifetime = 3600

  private constructor(
    readonly origin: string,
    readonly people: readonly TestPerson[],
    private readonly tokens: Tokens,
    private readonly grants: Grants,
  ) {}

  static async make(origin: string, people: readonly TestPerson[], clients: readonly Client[], keys = makeKeys()): Promise<StandIn> {
    return new StandIn(origin, people, new Tokens(origin, await keys), new Grants(origin, clients))
  }

  /** Refuses this person's refresh tokens from now on, with these claims to satisfy. */
  revoke(person: TestPerson, claims: string | null = null): void {
    this.grants.revoked.set(person.id, claims)
  }

  /** Picks a person on the page at `authorizeUrl`. Returns the address to which the browser is redirected. */
  pick(authorizeUrl: string, person: TestPerson): string {
    const url = new URL(authorizeUrl)
    const [, directory = ''] = url.pathname.split('/')
    return this.grants.approve(directory, url.searchParams, person)
  }

  async answer(request: Request): Promise<Response> {
    const url = new URL(request.url)
    const [, directory = '', ...rest] = url.pathname.split('/')
    const route = `${request.method} ${rest.join('/')}`
    try {
      if (route === 'GET discovery/v2.0/keys') return Response.json(this.tokens.jwks)
      if (route === 'GET oauth2/v2.0/authorize') return this.choose(url, directory)
      if (route === 'POST oauth2/v2.0/token') return await this.token(directory, new URLSearchParams(await request.text()))
      return new Response('Not found', { status: 404 })
    } catch (error) {
      if (error instanceof EntraRefusal) return error.response()
      throw error
    }
  }

  private choose(url: URL, directory: string): Response {
    const { searchParams: params } = url
    this.grants.checkRequest(params)
    const picked = params.get('picked')
    params.delete('picked')
    if (picked === 'nobody')
      return Response.redirect(this.grants.back(params, { error: 'access_denied', error_description: 'AADSTS65004' }))
    const person = this.people.find(({ id }) => id === picked)
    if (person) return Response.redirect(this.grants.approve(directory, params, person))
    const known = this.people.filter(({ tenant }) => directory === 'organizations' || tenant === directory)
    const html = choicePage(known, `${url}&picked=`, `${url}&picked=nobody`)
    return new Response(html, { headers: { 'content-type': 'text/html; charset=utf-8' } })
  }

  private async token(directory: string, form: URLSearchParams): Promise<Response> {
    this.asked.push(form)
    const fault = this.faults.shift()
    if (fault !== undefined) return failing(fault)
    const grant = await this.grants.redeem(directory, form)
    return Response.json(await this.answerTo(grant))
  }

  private async answerTo({ client, person, nonce, tenant, scope }: Grant): Promise<object> {
    const life = { token_type: 'Bearer', expires_in: this.lifetime, ext_expires_in: this.lifetime }
    if (person === null) {
      const token = await this.tokens.storageToken({ tid: tenant, oid: client.id, appid: client.id, idtyp: 'app' }, this.lifetime)
      return { ...life, access_token: token }
    }
    const claims = { tid: person.tenant, oid: person.id, appid: client.id, name: person.name, scp: 'user_impersonation' }
    const info = { uid: person.id, utid: person.tenant }
    return {
      ...life,
      scope,
      access_token: await this.tokens.storageToken(claims, this.lifetime),
      refresh_token: this.grants.refreshToken(client, person),
      id_token: await this.tokens.idToken(person, client.id, nonce, this.forgery),
      client_info: Buffer.from(JSON.stringify(info)).toString('base64url'),
    }
  }
}

function failing(fault: Fault): Response | Promise<Response> {
  if (fault === 'hang') return new Promise(() => undefined)
  if (fault === 'redirect') return new Response(null, { status: 307, headers: { location: `https://${OTHER_TENANT}.example/token` } })
  if (fault === 'html') return new Response('<h1>Proxy error</h1>', { status: 502, headers: { 'content-type': 'text/html' } })
  if (fault === 'cut') return new Response(new ReadableStream({ pull: (controller) => controller.error(new Error(`cut ${randomUUID()}`)) }))
  if (fault === 'flood')
    return new Response(new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(65_536).fill(32)) }))
  const [status = '500', later] = fault.split(' ')
  return Response.json({ error: 'temporarily_unavailable' }, { status: Number(status), headers: later ? { 'retry-after': '120' } : {} })
}
