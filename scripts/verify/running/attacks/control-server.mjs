import { createServer } from 'node:http'

/** Microseconds of a core that an answer takes: what takes time on a busy machine is work. */
const WORK = 25_000

const server = createServer((_, response) => {
  const before = process.cpuUsage()
  while (process.cpuUsage(before).user < WORK);
  response.end()
})
server.listen(0, '127.0.0.1', () => process.send(server.address().port))
