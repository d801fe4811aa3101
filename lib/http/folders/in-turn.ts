import 'server-only'

/** Queues the changes of each folder. */
const turns = new WeakMap<object, Promise<unknown>>()

/** Acts once all that was to be done in this folder before has been. */
export function inTurn<Result>(folder: object, act: () => Promise<Result>): Promise<Result> {
  const done = (turns.get(folder) ?? Promise.resolve()).then(act)
  turns.set(
    folder,
    done.catch(() => {}),
  )
  return done
}
