import { createServer } from 'node:net'
import { Problem } from '@/lib/flow/problem'

function listenOnce(port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen({ port, host, exclusive: true }, () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : port))
    })
  })
}

/** A free port of the loopback interface. */
export function freePort(): Promise<number> {
  return listenOnce(0, '127.0.0.1')
}

/** @throws Problem `config` when the port cannot be listened on, with what to do. */
export async function mustBeFree(port: number, host: string): Promise<void> {
  try {
    await listenOnce(port, host)
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code
    if (code === 'EADDRINUSE') {
      throw new Problem('config', `Port ${port} on ${host} is used by another program. Stop that program, or set PORT to another number.`, {
        cause,
      })
    }
    throw new Problem('config', `Port ${port} on ${host} cannot be listened on (${code ?? cause}).`, { cause })
  }
}
