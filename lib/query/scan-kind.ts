import type { ScansAnswer } from '@/lib/flow/answers'

/** So many targets are more than a service and its standby: the source looks for machines. */
export const MANY_TARGETS = 3
/** So many ports on one network are more than a client tries by mistake: the source looks for services. */
export const MANY_PORTS = 10
/** So many attempts at each target and port are more than the retries of one refused connection (TCP sends its SYN some six times). */
export const MANY_ATTEMPTS = 20

/** What a source that was kept out was about. */
export function scanKind({
  attempts,
  targets,
  ports,
}: {
  attempts: number
  targets: number
  ports: number
}): ScansAnswer['rows'][number]['kind'] {
  if (targets >= MANY_TARGETS) return ports >= MANY_PORTS ? 'sweep' : 'horizontal'
  if (ports >= MANY_PORTS) return 'vertical'
  return attempts >= MANY_ATTEMPTS * targets * ports ? 'brute' : 'probe'
}
