const CREDITS: readonly [RegExp, string][] = [
  [/geolite2|maxmind/i, 'This product includes GeoLite2 data created by MaxMind, available from https://www.maxmind.com'],
  [/db-?ip/i, 'IP geolocation by DB-IP, https://db-ip.com'],
  [/ipinfo/i, 'IP address data powered by IPinfo, https://ipinfo.io'],
  [/ip2location/i, 'This site uses IP2Location LITE data, available from https://lite.ip2location.com'],
]

/** What the licence of a set of data asks to be shown, told by what the set is called; null where nothing is known of it. */
export function creditOf(called: string): string | null {
  return CREDITS.find(([pattern]) => pattern.test(called))?.[1] ?? null
}
