import 'server-only'
import type { Server } from '@/lib/http/server/server'
import type { Road } from '@/lib/ingest/road/road'

/** Identity of watches, which have the rights of no person. */
export const WATCH = { key: 'watch' } as const

/** Returns the road that watches read: only sources that are the same for everybody who may use this server, without any person's token. */
export function watchedRoad({ road, personal }: Pick<Server, 'road' | 'personal'>): Road {
  return personal === null ? road : personal.common
}
