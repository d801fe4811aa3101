const PATTERNS: readonly [RegExp, string][] = [
  [/((?:\b|%(?:25)?(?:3F|26))sig(?:=|%(?:25)?3D))[^&;\s"'<>\\]+/gi, '$1***'],
  [/(\b(?:AccountKey|SharedAccessSignature)=)[^;\s"'<>\\]+/gi, '$1***'],
  [/(\bBearer\s+)[\w.~+/=-]+/gi, '$1***'],
  [
    /(\b(?:code|client_secret|client_assertion|access_token|refresh_token|id_token|code_verifier|password)(?:=|"\s*:\s*"|\\"\s*:\s*\\"))[^&;\s"'<>\\]+/gi,
    '$1***',
  ],
  [/(\b(?:set-)?cookie"?\s*[:=]\s*"?)[^"\r\n\\]+/gi, '$1***'],
  [/\beyJ[\w-]{8,}\.[\w-]+\.[\w-]*/g, '***'],
]

/**
 * Replaces secrets that are recognizable by their form (signatures of SAS, account keys, bearer and other tokens, authorization codes, cookies, JWTs), and all
 * `known` secrets, by asterisks.
 */
export function mask(text: string, known: readonly string[] = []): string {
  const bare = known.reduce((rest, secret) => rest.replaceAll(secret, '***'), text)
  return PATTERNS.reduce((rest, [pattern, shown]) => rest.replace(pattern, shown), bare)
}
