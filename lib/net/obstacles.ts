import type { ProxyPlace } from './proxy'

/** The facts about a request that failed, or was answered with a status of 400 or more. */
export interface Way {
  /** The requested URL, without its query. */
  url: URL
  /** 400 or more, or undefined without an answer. */
  status: number | undefined
  /** The system's or the service's own code. */
  code: string | undefined
  /** True if the service itself answered, not a system in between. */
  isGenuine: boolean
  proxy: ProxyPlace | null
}

/** An obstacle between this server and a service that it calls, and what to change then. */
export interface Obstacle {
  /** Our name for it. */
  id: string
  /** The condition in `when`, in words. */
  said?: string
  kind: 'source' | 'denied'
  codes?: readonly string[]
  /** Further condition. */
  when?: (way: Way) => boolean
  /** The advice; names in braces are filled in (`fillWay`). */
  change: string
}

const isSilent = ({ status }: Way) => status === undefined
const isInPlace = ({ proxy, isGenuine, status }: Way) => proxy !== null && !isGenuine && status !== undefined

/** Obstacles in the order in which they are tried; the first match counts. */
export const OBSTACLES: readonly Obstacle[] = [
  {
    id: 'proxy-password',
    said: '407',
    kind: 'source',
    when: ({ status }) => status === 407,
    change: 'the proxy {proxy} asks for a name and a password: write them into {variable} as http://NAME:PASSWORD@HOST:PORT',
  },
  {
    id: 'proxy-refused',
    said: 'less than 500 from who is not the service, behind a proxy',
    kind: 'denied',
    when: (way) => isInPlace(way) && way.status! < 500,
    change: 'the proxy {proxy} answered in its place: have it let {host}:{port} pass, or name {host} in NO_PROXY',
  },
  {
    id: 'proxy-failed',
    said: '500 or more from who is not the service, behind a proxy',
    kind: 'source',
    when: (way) => isInPlace(way) && way.status! >= 500,
    change: 'the proxy {proxy} could not reach {host}:{port}: let the proxy reach it, or name {host} in NO_PROXY',
  },
  {
    id: 'proxy-unreachable',
    said: 'behind a proxy',
    kind: 'source',
    codes: ['ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'ETIMEDOUT'],
    when: (way) => isSilent(way) && way.proxy !== null,
    change: 'the proxy {proxy} does not answer: correct {variable}, or name {host} in NO_PROXY',
  },
  {
    id: 'dns-absent',
    kind: 'source',
    codes: ['ENOTFOUND'],
    change:
      'the name {host} has no address: correct the name, or, where it has a private endpoint, give this server a DNS that knows the zone {zone}',
  },
  {
    id: 'dns-silent',
    kind: 'source',
    codes: ['EAI_AGAIN'],
    change: 'the DNS of this server does not answer: correct its resolver, or let this server reach it',
  },
  {
    id: 'tls-opened',
    kind: 'source',
    codes: [
      'SELF_SIGNED_CERT_IN_CHAIN',
      'DEPTH_ZERO_SELF_SIGNED_CERT',
      'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
      'UNABLE_TO_GET_ISSUER_CERT',
      'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
    ],
    change:
      'a proxy that opens TLS answers in its place: name the PEM file of its authority in NODE_EXTRA_CA_CERTS and start Flowlens again',
  },
  {
    id: 'tls-name',
    kind: 'source',
    codes: ['ERR_TLS_CERT_ALTNAME_INVALID', 'HOSTNAME_MISMATCH'],
    change: 'who answers has the certificate of another name: correct the address that the DNS of this server gives for {host}',
  },
  {
    id: 'tls-time',
    kind: 'source',
    codes: ['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID'],
    change: "its certificate has ended or has not begun: set this server's clock, or have the proxy in between renew its certificate",
  },
  {
    id: 'tls-other',
    said: '`EPROTO`, `ERR_SSL_…`, `ERR_TLS_…`, `CERT_…`',
    kind: 'source',
    when: ({ status, code }) => status === undefined && /^(EPROTO|ERR_SSL_|ERR_TLS_|CERT_)/.test(code ?? ''),
    change: 'who answers on port {port} of {host} speaks no TLS that we know: let the port lead there without anything in between',
  },
  {
    id: 'refused',
    kind: 'source',
    codes: ['ECONNREFUSED'],
    change: 'nothing listens on port {port} of {host}: correct the address, or the private endpoint that the name leads to',
  },
  {
    id: 'unreachable',
    kind: 'source',
    codes: ['EHOSTUNREACH', 'ENETUNREACH'],
    change: 'there is no route from this server to {host}: add one, or set HTTPS_PROXY',
  },
  {
    id: 'timeout',
    kind: 'source',
    codes: ['ETIMEDOUT', 'ESOCKETTIMEDOUT'],
    change: 'a firewall drops what is sent to port {port} of {host}: open it for this server, or set HTTPS_PROXY',
  },
]

/** Returns the first obstacle that matches, or null. */
export function obstacleOf(way: Way): Obstacle | null {
  const fits = ({ codes, when }: Obstacle) => (codes === undefined || codes.includes(way.code ?? '')) && (when === undefined || when(way))
  return OBSTACLES.find(fits) ?? null
}

const NAMES: Record<string, (way: Way) => string> = {
  host: ({ url }) => url.hostname,
  port: ({ url }) => url.port || (url.protocol === 'https:' ? '443' : '80'),
  zone: ({ url }) => `privatelink.${url.hostname.replace(/^[^.]*\./, '')}`,
  proxy: ({ proxy }) => proxy?.shown ?? 'in between',
  variable: ({ proxy }) => proxy?.variable ?? 'HTTPS_PROXY',
}

/** Fills the names in braces into a sentence; names unknown here stay as they are. */
export function fillWay(sentence: string, way: Way): string {
  return sentence.replace(/\{(\w+)\}/g, (whole, name: string) => NAMES[name]?.(way) ?? whole)
}
