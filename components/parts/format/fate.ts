import type { Fate } from '@/lib/flow/field/verdict'

const WORDS: Record<Fate, string> = {
  same: 'The blob is unchanged.',
  grown: 'The blob has grown since; all counted bytes are unchanged.',
  replaced: 'The blob has been replaced: it no longer begins with the counted bytes.',
  changed: 'The blob has changed since; it may only have grown.',
  gone: 'The blob is gone from its source.',
}

/** Describes what happened to the counted bytes of a blob, in a sentence. */
export function describeFate(fate: Fate): string {
  return WORDS[fate]
}
