/** Runs `work` and throws if a promise was rejected unhandled in the meantime. */
export async function withoutRejections<T>(work: () => Promise<T>): Promise<T> {
  const met: unknown[] = []
  const take = (reason: unknown) => met.push(reason)
  process.on('unhandledRejection', take)
  try {
    const result = await work()
    await new Promise((resolve) => setTimeout(resolve, 10))
    if (met.length > 0) throw new Error(`unhandled rejection: ${met[0] instanceof Error ? met[0].stack : met[0]}`)
    return result
  } finally {
    process.off('unhandledRejection', take)
  }
}
