/** Names of saved lists, written `$NAME` in a filter. Letters of either case are the same. */
export const LIST_NAME = /^[a-z][a-z0-9_-]{0,39}$/i
