/** Describes a failure for the log: causes by name and message, never whole objects, which could contain a request with its secrets. */
export function describeFailure(error: unknown, depth = 0): unknown {
  if (!(error instanceof Error) || depth > 4) return undefined
  return { name: error.name, message: error.message, cause: describeFailure(error.cause, depth + 1) }
}
