import { useMedia } from '@/components/ui/size/use-media'

/** Below this width of the table, its rows have two lines instead of columns. Pixels. */
const LEAST_ROOM = 560

/** True if rows have two lines: on screens up to a tablet's, or where the table itself has little `room`, in pixels or 0 before it is known. */
export function useNarrow(room: number): boolean {
  const isWide = useMedia('(min-width: 800px)')
  return !isWide || (room > 0 && room < LEAST_ROOM)
}
