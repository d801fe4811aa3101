const PREFIX = /^(?:UserRule|DefaultRule)_/
/** Just-in-time access of Microsoft Defender for Cloud: an id, then a GUID. */
const JUST_IN_TIME = /^MicrosoftDefenderForCloud-JITRule_(.+)_[0-9A-Fa-f-]{32,36}$/

/** Labels of names that are not a rule's own. */
const NAMES: Readonly<Record<string, string>> = {
  '': 'no rule named',
  PlatformRule: 'Platform rule',
  UnspecifiedPlatformRule: 'Platform rule, unspecified',
  UserRule: 'User rule, not named',
  DefaultRule: 'Default rule, not named',
}

/** Returns the portal's name of a rule that is logged as `DefaultRule_DenyAllInBound`, for people to read. */
export function ruleName(rule: string): string {
  const bare = NAMES[rule] ?? rule.replace(PREFIX, '')
  const jit = JUST_IN_TIME.exec(bare)
  return jit ? `Just-in-time rule ${jit[1]}` : bare || rule
}
