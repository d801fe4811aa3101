import { Agent } from 'node:http'
import { globalAgent as secure } from 'node:https'
import { HttpProxyAgent } from 'http-proxy-agent'
import { HttpsProxyAgent } from 'https-proxy-agent'
import { proxyFor } from './proxy'

const HELD = Symbol.for('flowlens.net.agents')
const holder = globalThis as { [HELD]?: Map<string, Agent> }

/** Returns the agent for requests to `url`: direct, or through the proxy that the environment names for it. Connections are kept alive. */
export function agentFor(url: string | URL): Agent {
  const { protocol } = new URL(url)
  const proxy = proxyFor(url)
  if (protocol === 'https:')
    return proxy === null ? secure : held(`https ${proxy.url.href}`, () => new HttpsProxyAgent(proxy.url, { keepAlive: true }))
  return proxy === null
    ? held('http', () => new Agent({ keepAlive: true }))
    : held(`http ${proxy.url.href}`, () => new HttpProxyAgent(proxy.url, { keepAlive: true }))
}

function held(key: string, make: () => Agent): Agent {
  holder[HELD] ??= new Map()
  const agent = holder[HELD].get(key) ?? make()
  holder[HELD].set(key, agent)
  return agent
}

/** Drops all agents, so that their open connections are not used again. */
export function forgetAgents(): void {
  delete holder[HELD]
}
