import { BlockList, isIP } from 'node:net'
import { Problem } from '@/lib/flow/problem'

export interface ProxyPlace {
  /** With the proxy's name and password, if any: never for a message. */
  url: URL
  /** For messages: without name and password. */
  shown: string
  /** The environment variable that contains it. */
  variable: string
}

type Environment = Record<string, string | undefined>

const VARIABLES = { 'https:': ['HTTPS_PROXY', 'ALL_PROXY', 'HTTP_PROXY'], 'http:': ['HTTP_PROXY', 'ALL_PROXY'] } as const

/** Addresses that are never reached through a proxy: loopback, and link-local, which has the machine's own identity endpoint (169.254.169.254). */
const near = new BlockList()
near.addSubnet('127.0.0.0', 8)
near.addSubnet('169.254.0.0', 16)
near.addAddress('::1', 'ipv6')
near.addSubnet('fe80::', 10, 'ipv6')

/**
 * Returns the proxy for `url` by `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` and `NO_PROXY`, in upper or lower case; null if there is none. A name in `NO_PROXY`
 * stands for itself and all names below it, with or without a leading `.` or `*.`; `NAME:PORT` for that port only, `*` for everything. Loopback is never
 * reached through a proxy.
 * @throws Problem `config` that names a variable whose value is not an http or https URL
 */
export function proxyFor(url: string | URL, environment: Environment = process.env): ProxyPlace | null {
  const { protocol, hostname, port } = new URL(url)
  const host = hostname.replace(/^\[|\]$/g, '').toLowerCase()
  if (protocol !== 'https:' && protocol !== 'http:') return null
  if (isNear(host) || isLeftOut(host, port || (protocol === 'https:' ? '443' : '80'), read('NO_PROXY', environment))) return null
  const variable = VARIABLES[protocol].find((name) => read(name, environment) !== '')
  return variable === undefined ? null : parse(variable, read(variable, environment))
}

function read(name: string, environment: Environment): string {
  return (environment[name] || environment[name.toLowerCase()] || '').trim()
}

function parse(variable: string, value: string): ProxyPlace {
  const text = /^[a-z][a-z0-9+.-]*:\/\//i.test(value) ? value : `http://${value}`
  const url = URL.canParse(text) ? new URL(text) : null
  if (url === null || url.hostname === '' || !/^https?:$/.test(url.protocol))
    throw new Problem('config', `${variable} is no proxy: it has to read http://HOST:PORT or https://HOST:PORT`, { where: variable })
  return { url, shown: `${url.protocol}//${url.host}`, variable }
}

function isNear(host: string): boolean {
  const family = isIP(host)
  if (family === 0) return /^(?:.+\.)?localhost$/.test(host)
  return near.check(host, family === 4 ? 'ipv4' : 'ipv6')
}

function isLeftOut(host: string, port: string, list: string): boolean {
  return list
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((entry) => entry !== '')
    .some((entry) => {
      const [, bracketed, plain, only] = /^(?:\[(.+)\]|([^:]+|.*:.*:.*?))(?::(\d+))?$/.exec(entry) ?? []
      const name = (bracketed ?? plain ?? '').replace(/^\*?\./, '')
      if (only !== undefined && only !== port) return false
      return name === '*' || name === host || (isIP(host) === 0 && name !== '' && host.endsWith(`.${name}`))
    })
}
