/** Maximum number of characters of a subject. */
const LONGEST = 72
/** Number of commits to check if the new ones are unknown. */
const RECENT = 50
/** `lib/http: …`, or several places: `lib, components: …`. */
const PATTERN = /^[\w.@-]+(?:\/[\w.@-]+)*(?:, [\w.@-]+(?:\/[\w.@-]+)*)*: \S/

/** Runs git and returns its output, or null if it fails. */
export type Git = (...args: string[]) => Promise<string | null>

/** Returns why a commit subject must be reworded, or null. */
export function faultOf(subject: string): string | null {
  if (subject.length > LONGEST) return `has ${subject.length} characters; at most ${LONGEST} are allowed`
  if (!PATTERN.test(subject)) return 'does not read "folder: what changed"'
  return null
}

/** Returns the commit that new ones follow: the fork point of HEAD from origin/main, else from main. Null on main itself, and if neither exists. */
async function baseOf(git: Git): Promise<string | null> {
  const remote = await git('merge-base', 'HEAD', 'origin/main')
  if (remote !== null) return remote.trim()
  const [local, head] = [await git('merge-base', 'HEAD', 'main'), await git('rev-parse', 'HEAD')]
  return local === null || local === head ? null : local.trim()
}

/** Returns the commit that introduced the check of subjects: older ones cannot be reworded any more. */
async function firstChecked(git: Git): Promise<string | null> {
  const added = await git('log', '--diff-filter=A', '--format=%H', '--', 'scripts/commits.ts')
  return added?.trim().split('\n').at(-1) || null
}

/**
 * Returns the subjects of the commits that are new since main, newest first; in CI, where no base is known, of at most 50 since the check exists. Leaves out
 * merges, and commits without a parent, which are the edge of a shallow clone or the beginning.
 */
export async function newSubjects(git: Git, ci: boolean): Promise<string[]> {
  const base = await baseOf(git)
  if (base === null && !ci) return []
  const since = base ?? (await firstChecked(git))
  const which = [...(base === null ? [`--max-count=${RECENT}`] : []), since === null ? 'HEAD' : `${since}..HEAD`]
  const printed = await git('log', '--min-parents=1', '--max-parents=1', '--format=%s', ...which)
  return (printed ?? '').split('\n').filter((line) => line !== '')
}
