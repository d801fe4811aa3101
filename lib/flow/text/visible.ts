/** Matches common texts without invisible characters. */
const PLAIN = /^[\n\x20-\x7e]*$/
/** Matches joiners and selectors that are part of an emoji. */
const IN_PICTURE =
  /(?<=\p{Extended_Pictographic}\ufe0f?|\p{Emoji_Modifier})\u200d(?=\p{Extended_Pictographic})|(?<=\p{Extended_Pictographic})[\ufe0e\ufe0f]/u
/**
 * Matches invisible characters and those that change the direction of text: control characters except white space, default ignorable code points
 * (https://www.unicode.org/reports/tr44/#Default_Ignorable_Code_Point), separators, the blank Braille pattern, and unpaired surrogates.
 */
const HIDDEN = /[^\P{Cc}\t\n\r]|\p{Default_Ignorable_Code_Point}|[\u2028\u2029\u2800\ufff9-\ufffb]|\p{Cs}/u
const EITHER = new RegExp(`(${IN_PICTURE.source})|${HIDDEN.source}`, 'gu')

/** Returns the text with a mark such as `‹U+202E›` instead of each invisible character. */
export function visible(text: string): string {
  if (PLAIN.test(text)) return text
  return text.replace(EITHER, (character, inPicture) =>
    inPicture === undefined ? `‹U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}›` : character,
  )
}
