import { Problem } from '@/lib/flow/problem'

/** Longest answer of the sign-in service. Bytes. */
const MOST = 2 ** 20

/** Reads the text of a response. @throws Problem `source` when it is longer than 1 MiB. */
export async function readWhole(response: Response, url: string): Promise<string> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of response.body ?? []) {
    length += chunk.length
    if (length > MOST) throw new Problem('source', `Sign-in service ${new URL(url).host} sent more than 1 MiB`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}
