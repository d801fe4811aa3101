import type { Fate } from '@/lib/flow/verdict'

const WORDS: Record<Fate, string> = {
  same: 'The blob has not been written since.',
  grown: 'The blob has been written since; all that was counted of it is unchanged.',
  replaced: 'The blob has been replaced: what was counted of it is not its beginning any more.',
  changed: 'The blob has been written since; whether it has only grown was not read.',
  gone: 'The blob is gone from its source.',
}

/** What has become of the counted bytes of a blob, in a sentence. */
export function describeFate(fate: Fate): string {
  return WORDS[fate]
}
