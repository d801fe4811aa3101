import { X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { NodeAuthOptions } from '@azure/msal-node'
import type { AppProof } from '@/lib/config/sign-in'
import { Problem } from '@/lib/flow/problem'

type Proof = Pick<NodeAuthOptions, 'clientSecret' | 'clientCertificate' | 'clientAssertion'>

/**
 * Reads the app's credential again for each use, because files are replaced while the server runs. A certificate signs assertions with PS256 and
 * `x5t#S256` (learn.microsoft.com/entra/identity-platform/certificate-credentials); a federated token (workload identity) is itself an assertion.
 * @throws Problem `config` that names the variable.
 */
export async function readProof(proof: AppProof): Promise<Proof> {
  if (proof.kind === 'secret') return { clientSecret: proof.secret }
  const name = proof.kind === 'certificate' ? 'AZURE_CLIENT_CERTIFICATE_PATH' : 'AZURE_FEDERATED_TOKEN_FILE'
  const text = await readFile(proof.path, 'utf8').catch((cause: unknown) => {
    throw new Problem('config', `${name}: the file cannot be read`, { where: name, cause })
  })
  return proof.kind === 'certificate' ? readCertificate(text, name) : { clientAssertion: text.trim() }
}

function readCertificate(pem: string, name: string): Proof {
  const privateKey = /-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----[\s\S]+?-----END (?:[A-Z]+ )?PRIVATE KEY-----/.exec(pem)?.[0]
  const x5c = pem.match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g)?.join('\n')
  if (privateKey === undefined || x5c === undefined)
    throw new Problem('config', `${name}: the file must contain a private key and its certificate as PEM`, { where: name })
  try {
    const thumbprintSha256 = new X509Certificate(x5c).fingerprint256.replaceAll(':', '')
    return { clientCertificate: { thumbprintSha256, privateKey, x5c } }
  } catch {
    throw new Problem('config', `${name}: the file contains an invalid certificate`, { where: name })
  }
}
