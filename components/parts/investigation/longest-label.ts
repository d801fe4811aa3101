/** Longest label of a link of an investigation, characters. */
export const LONGEST_LABEL = 300
