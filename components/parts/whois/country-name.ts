let names: Intl.DisplayNames | undefined

/** Returns the name of a country by its two letters, or the letters if there is none. */
export function countryName(code: string): string {
  names ??= new Intl.DisplayNames(['en'], { type: 'region' })
  try {
    return names.of(code) ?? code
  } catch (error) {
    if (error instanceof RangeError) return code
    throw error
  }
}
