const CREDITS: readonly [RegExp, string][] = [
  [/geolite2|maxmind/i, 'This product includes GeoLite2 data created by MaxMind, available from https://www.maxmind.com'],
  [/db-?ip/i, 'IP geolocation by DB-IP, https://db-ip.com'],
  [/ipinfo/i, 'IP address data powered by IPinfo, https://ipinfo.io'],
  [/ip2location/i, 'This site uses IP2Location LITE data, available from https://lite.ip2location.com'],
]

/** Returns the attribution that the licence of a known data set requires, by the set's name; null for other sets. */
export function creditOf(called: string): string | null {
  return CREDITS.find(([pattern]) => pattern.test(called))?.[1] ?? null
}
