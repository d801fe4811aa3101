/** The fields that tell the rule of one ACL from all others. */
export const RULE_KEY = ['rule', 'acl'] as const
