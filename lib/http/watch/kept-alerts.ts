import 'server-only'
import type { KeptAlert } from '@/lib/flow/answer/kept/alert'
import { Problem } from '@/lib/flow/problem'
import type { Server } from '@/lib/http/server/server'

/** Maximum number of files read at the same time. */
const TOGETHER = 64

/** Returns every stored alert, in no particular order, and the problems of files that cannot be read. */
export async function alertsOf(folder: Server['alerts']): Promise<{ alerts: KeptAlert[]; problems: string[] }> {
  const alerts: KeptAlert[] = []
  const problems: string[] = []
  const names = await folder.names()
  for (let at = 0; at < names.length; at += TOGETHER) {
    const some = await Promise.all(
      names.slice(at, at + TOGETHER).map((name) =>
        folder.read(name).catch((error: unknown) => {
          if (!(error instanceof Problem)) throw error
          problems.push(error.message)
          return null
        }),
      ),
    )
    for (const alert of some) if (alert !== null) alerts.push(alert)
  }
  return { alerts, problems }
}
